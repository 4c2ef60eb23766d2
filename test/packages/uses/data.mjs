/** Small real uses, by package: each gets `require` and gives JSON, or a promise of it. They run as text, so close over nothing. */
export const dataUses = {
  lodash: (require) => {
    const _ = require('lodash');
    return [
      _.chunk([1, 2, 3], 2),
      _.groupBy(['one', 'two', 'three'], 'length'),
      _.template('Hi <%= n %>')({ n: 1 }),
    ];
  },
  underscore: (require) =>
    require('underscore')
      .chain([3, 1, 2])
      .sortBy()
      .map((x) => x * 2)
      .value(),
  ramda: (require) => {
    const R = require('ramda');
    return R.pipe(
      R.map(R.inc),
      R.filter((n) => n > 2),
      R.reduce(R.add, 0),
    )([1, 2, 3]);
  },
  immutable: (require) => {
    const { Map, List } = require('immutable');
    return Map({ a: List([1, 2]) })
      .setIn(['a', 1], 5)
      .toJS();
  },
  immer: (require) => require('immer').produce({ a: [1], b: { c: 1 } }, (draft) => void draft.a.push(2)),
  'fp-ts': (require) => {
    const { pipe } = require('fp-ts/function');
    const O = require('fp-ts/Option');
    return pipe(
      O.some(2),
      O.map((x) => x * 2),
      O.getOrElse(() => 0),
    );
  },
  'fast-deep-equal': (require) => require('fast-deep-equal')({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }),
  deepmerge: (require) => require('deepmerge')({ a: { b: 1 }, l: [1] }, { a: { c: 2 }, l: [2] }),
  'object-hash': (require) => require('object-hash')({ b: 2, a: [1, new Date(0)] }),
  ajv: (require) => {
    const Ajv = require('ajv');
    const validate = new Ajv({ allErrors: true }).compile({
      type: 'object',
      properties: { n: { type: 'integer', minimum: 2 }, s: { type: 'string', pattern: '^a' } },
      required: ['n'],
    });
    return [
      validate({ n: 3, s: 'ab' }),
      validate({ n: 1, s: 'b' }),
      validate.errors.map(({ message }) => message),
    ];
  },
  'ajv-formats': (require) => {
    const ajv = new (require('ajv'))();
    require('ajv-formats')(ajv);
    return ['a@b.c', 'nope'].map((value) => ajv.validate({ type: 'string', format: 'email' }, value));
  },
  zod: (require) => {
    const { z } = require('zod');
    const schema = z.object({
      name: z.string().min(1),
      age: z.coerce.number().int().positive(),
      mail: z.email(),
    });
    return [
      schema.parse({ name: 'a', age: '5', mail: 'a@b.co' }),
      schema.safeParse({ name: '', age: -1, mail: 'x' }).error.issues.map(({ message }) => message),
    ];
  },
  joi: (require) => {
    const Joi = require('joi');
    return Joi.object({ a: Joi.number().min(3), b: Joi.string().email({ tlds: false }) }).validate({
      a: 1,
      b: 'x@y.z',
    }).error.message;
  },
  yup: async (require) => {
    const { object, string, number } = require('yup');
    return object({ name: string().required(), age: number().min(18) })
      .validate({ name: 'x', age: 3 })
      .catch((e) => e.errors);
  },
  'class-transformer': (require) => {
    const { plainToInstance, instanceToPlain } = require('class-transformer');
    class Point {
      get sum() {
        return this.x + this.y;
      }
    }
    return [
      plainToInstance(Point, { x: 1, y: 2 }).sum,
      instanceToPlain(plainToInstance(Point, { x: 3, y: 1 })),
    ];
  },
  'reflect-metadata': (require) => {
    require('reflect-metadata');
    const target = {};
    Reflect.defineMetadata('key', [1], target);
    return Reflect.getMetadata('key', target);
  },
  xstate: (require) => {
    const { createMachine, createActor } = require('xstate');
    const actor = createActor(
      createMachine({ initial: 'off', states: { off: { on: { T: 'on' } }, on: { on: { T: 'off' } } } }),
    ).start();
    actor.send({ type: 'T' });
    return actor.getSnapshot().value;
  },
  xml2js: async (require) => require('xml2js').parseStringPromise('<a k="v"><b>1</b><b>2</b></a>'),
  'fast-xml-parser': (require) => {
    const { XMLParser, XMLBuilder } = require('fast-xml-parser');
    const parsed = new XMLParser({ ignoreAttributes: false }).parse('<a k="v"><b>1</b><b>2</b></a>');
    return [parsed, new XMLBuilder().build({ a: { b: [1, 2] } })];
  },
  'csv-parse': (require) => require('csv-parse/sync').parse('a,b\n1,"x, ""y"""\n2,z\n', { columns: true }),
  'csv-stringify': (require) =>
    require('csv-stringify/sync').stringify(
      [
        { a: 1, b: 'x,y' },
        { a: 2, b: '"' },
      ],
      { header: true },
    ),
  papaparse: (require) => {
    const Papa = require('papaparse');
    return [Papa.parse('a;b\n1;2', { header: true, dynamicTyping: true }).data, Papa.unparse([['x', 'y,z']])];
  },
  'js-yaml': (require) => {
    const yaml = require('js-yaml');
    return [yaml.load('a: [1, 2]\nb:\n  - x: y\n'), yaml.dump({ a: [1, { b: 2 }] })];
  },
  yaml: (require) => {
    const YAML = require('yaml');
    return [YAML.parse('a: &x 1\nb: *x\n'), YAML.stringify({ a: [1, { b: 'c: d' }] })];
  },
  toml: (require) => require('toml').parse('[a]\nb = 1\nc = ["x", "y"]\n'),
  ini: (require) => [require('ini').parse('a=1\n[s]\nb=x\n'), require('ini').stringify({ s: { c: 'd' } })],
  json5: (require) => require('json5').parse("{a: 1, /* c */ 'b': [1,], c: 0x1f}"),
  jsonata: async (require) =>
    require('jsonata')('$sum(items.(price * n))').evaluate({
      items: [
        { price: 2, n: 3 },
        { price: 1, n: 4 },
      ],
    }),
  jmespath: (require) =>
    require('jmespath').search(
      {
        a: [
          { b: 1, c: 'x' },
          { b: 5, c: 'y' },
        ],
      },
      'a[?b > `2`].c',
    ),
  'jsonpath-plus': (require) =>
    require('jsonpath-plus').JSONPath({ path: '$..b', json: { a: [{ b: 1 }, { b: 2 }] } }),
  'fuse.js': (require) => {
    const Fuse = require('fuse.js');
    const options = { keys: ['t'] };
    return new (Fuse.default ?? Fuse)([{ t: 'old man' }, { t: 'lock artist' }], options)
      .search('lock')
      .map(({ item }) => item.t);
  },
  lunr: (require) => {
    const index = require('lunr')(function () {
      this.ref('id');
      this.field('text');
      this.add({ id: 1, text: 'green plants' });
      this.add({ id: 2, text: 'red stones' });
    });
    return index.search('plant').map(({ ref }) => ref);
  },
  diff: (require) =>
    require('diff')
      .diffWords('a b c', 'a x c')
      .map(({ value, added, removed }) => [value, !!added, !!removed]),
  bson: (require) => {
    const { BSON } = require('bson');
    return [...BSON.serialize({ a: 1, b: 'x' })].join();
  },
  protobufjs: (require) => {
    const protobuf = require('protobufjs');
    const Type = protobuf
      .parse('syntax = "proto3"; message A { string b = 1; int32 c = 2; }')
      .root.lookupType('A');
    const bytes = Type.encode({ b: 'x', c: 300 }).finish();
    return [[...bytes], Type.decode(bytes).toJSON()];
  },
  '@msgpack/msgpack': (require) => {
    const { encode, decode } = require('@msgpack/msgpack');
    return [[...encode({ a: [1, 'x'] })], decode(encode({ b: null }))];
  },
  graphql: async (require) => {
    const { buildSchema, graphql } = require('graphql');
    const schema = buildSchema('type Query { hello(n: Int!): [String] }');
    return graphql({
      schema,
      source: '{ hello(n: 2) }',
      rootValue: { hello: ({ n }) => Array.from({ length: n }, () => 'hi') },
    });
  },
  'lru-cache': (require) => {
    const { LRUCache } = require('lru-cache');
    const cache = new LRUCache({ max: 2 });
    cache.set('a', 1).set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    return [...cache.keys()];
  },
  'node-cache': (require) => {
    const cache = new (require('node-cache'))({ checkperiod: 0 });
    cache.set('a', { b: 1 }, 100);
    return [cache.get('a'), cache.has('x'), cache.getStats().hits];
  },
  seedrandom: (require) => [require('seedrandom')('seed')(), require('seedrandom').alea('x').int32()],
  '@faker-js/faker': (require) => {
    const { faker } = require('@faker-js/faker');
    faker.seed(7);
    return [faker.number.int(1000), typeof faker.person.fullName()];
  },
};
