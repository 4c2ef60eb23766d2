/** Small real uses of packages for values, state and numbers, by package; see `data.mjs`. */
export const objectUses = {
  clsx: (require) => {
    const clsx = require('clsx');
    return (clsx.default ?? clsx)('a', { b: true, c: false }, ['d']);
  },
  classnames: (require) => require('classnames')('a', { b: true }, ['c']),
  extend: (require) => require('extend')(true, { a: { b: 1 } }, { a: { c: 2 } }),
  xtend: (require) => require('xtend')({ a: 1 }, { b: 2 }),
  'object-assign': (require) => require('object-assign')({ a: 1 }, { b: 2 }),
  clone: (require) => require('clone')({ a: [1, new Date(0)], b: new Map([[1, 2]]) }).a,
  'deep-equal': (require) =>
    require('deep-equal')({ a: [1, new Set([1])] }, { a: [1, new Set([1])] }, { strict: true }),
  dequal: (require) => require('dequal').dequal(new Map([[1, { a: 2 }]]), new Map([[1, { a: 2 }]])),
  'lodash.merge': (require) => require('lodash.merge')({ a: { b: 1 } }, { a: { c: 2 } }),
  'lodash.get': (require) => require('lodash.get')({ a: [{ b: 3 }] }, 'a[0].b'),
  'lodash.debounce': async (require) => {
    let count = 0;
    const debounced = require('lodash.debounce')(() => (count += 1), 1);
    debounced();
    debounced();
    await new Promise((resolve) => setTimeout(resolve, 20));
    return count;
  },
  'lodash.clonedeep': (require) => require('lodash.clonedeep')({ a: [1, { b: new Date(0) }] }),
  'lodash.camelcase': (require) => require('lodash.camelcase')('foo bar-baz'),
  'lodash.isequal': (require) => require('lodash.isequal')({ a: [1] }, { a: [1] }),
  'lodash-es': (require) => require('lodash-es').groupBy([1, 2, 3], (n) => n % 2),
  'is-plain-object': (require) => [{}, [], new Date()].map(require('is-plain-object').isPlainObject),
  'is-number': (require) => ['1', 'a', Infinity].map(require('is-number')),
  'kind-of': (require) => [[], /a/, new Date(), null, Buffer.from('')].map(require('kind-of')),
  'is-glob': (require) => ['a*', 'a'].map((text) => require('is-glob')(text)),
  mobx: (require) => {
    const { autorun, observable, runInAction } = require('mobx');
    const seen = [];
    const state = observable({ a: 1 });
    autorun(() => seen.push(state.a));
    runInAction(() => (state.a = 2));
    return seen;
  },
  redux: (require) => {
    const store = require('redux').legacy_createStore((state = 0, { type }) =>
      type === 'add' ? state + 1 : state,
    );
    store.dispatch({ type: 'add' });
    return store.getState();
  },
  'redux-thunk': (require) => {
    const { thunk } = require('redux-thunk');
    return thunk({ dispatch: 1, getState: 2 })(() => 3)((dispatch, getState) => [dispatch, getState]);
  },
  'tiny-invariant': (require) => {
    const invariant = require('tiny-invariant');
    try {
      (invariant.default ?? invariant)(false, 'no');
    } catch (error) {
      return error.message;
    }
  },
  invariant: (require) => {
    try {
      require('invariant')(false, 'no %s', 'way');
    } catch (error) {
      return error.message;
    }
  },
  'prop-types': (require) => typeof require('prop-types').string.isRequired,
  flatted: (require) => {
    const { parse, stringify } = require('flatted');
    const a = { b: 1 };
    a.self = a;
    return [stringify(a), parse(stringify(a)).self.b];
  },
  'fast-json-stable-stringify': (require) =>
    require('fast-json-stable-stringify')({ b: 1, a: [{ d: 1, c: 2 }] }),
  'fast-uri': (require) => require('fast-uri').resolve('uri://a.com/b/c', '../d'),
  'uri-js': (require) => require('uri-js').normalize('HTTP://ABC.com:80/%7Esmith'),
  'json-schema-traverse': (require) => {
    const seen = [];
    require('json-schema-traverse')({ properties: { a: { type: 'string' } } }, (_, pointer) =>
      seen.push(pointer),
    );
    return seen;
  },
  'object-inspect': (require) => require('object-inspect')({ a: [1, new Map([[1, 2]])], b: /c/ }),
  'object-path': (require) => require('object-path').get({ a: { b: [5] } }, 'a.b.0'),
  'dot-prop': (require) => require('dot-prop').getProperty({ a: { b: 1 } }, 'a.b'),
  'map-obj': (require) => {
    const mapObject = require('map-obj');
    return mapObject.default({ a: 1 }, (key, value) => [key.toUpperCase(), value + 1]);
  },
  'camelcase-keys': (require) => require('camelcase-keys').default({ 'a-b': { c_d: 1 } }, { deep: true }),
  jsbi: (require) => {
    const JSBI = require('jsbi');
    return JSBI.multiply(JSBI.BigInt('12345678901234567890'), JSBI.BigInt(3)).toString();
  },
  long: (require) => {
    const Long = require('long');
    return (Long.default ?? Long).fromString('9223372036854775807').sub(1).toString();
  },
  'decimal.js-light': (require) => new (require('decimal.js-light'))('0.1').plus('0.2').toString(),
  'fraction.js': (require) => {
    const Fraction = require('fraction.js');
    return new (Fraction.default ?? Fraction)(0.5).add('1/3').toFraction();
  },
  bytes: (require) => [require('bytes')('1.5MB'), require('bytes')(2048)],
  hasown: (require) => require('hasown')({ a: 1 }, 'a'),
  'side-channel': (require) => {
    const channel = require('side-channel')();
    const key = {};
    channel.set(key, 1);
    return [channel.has(key), channel.get(key)];
  },
  'get-intrinsic': (require) => typeof require('get-intrinsic')('%Array.prototype.push%'),
  'define-properties': (require) => {
    const target = {};
    require('define-properties')(target, { a: 1 });
    return target.a;
  },
  'ajv-keywords': (require) => {
    const Ajv = require('ajv').default;
    const ajv = new Ajv();
    require('ajv-keywords')(ajv, 'uniqueItemProperties');
    return ajv.validate({ type: 'array', uniqueItemProperties: ['id'] }, [{ id: 1 }, { id: 1 }]);
  },
  '@sinclair/typebox': (require) => {
    const { Type } = require('@sinclair/typebox');
    return Type.Object({ a: Type.Number() });
  },
  superstruct: (require) => {
    const { is, number, object } = require('superstruct');
    return [is({ a: 1 }, object({ a: number() })), is({ a: '1' }, object({ a: number() }))];
  },
  valibot: (require) => {
    const v = require('valibot');
    return v.safeParse(v.object({ a: v.pipe(v.string(), v.email()) }), { a: 'b' }).issues.length;
  },
  'async-validator': async (require) => {
    const { default: Schema } = require('async-validator');
    return new Schema({ a: { type: 'string', required: true } }).validate({ a: '1' });
  },
  d3: (require) => require('d3').scaleLinear().domain([0, 10]).range([0, 100])(3),
  'd3-format': (require) => require('d3-format').format('.2s')(42_000_000),
  'd3-scale': (require) => require('d3-scale').scaleBand(['a', 'b'], [0, 10])('b'),
  'd3-time-format': (require) => require('d3-time-format').utcFormat('%Y-%m-%d')(new Date(0)),
  '@turf/turf': (require) => {
    const turf = require('@turf/turf');
    return Math.round(turf.distance(turf.point([0, 0]), turf.point([1, 1])));
  },
  ethers: (require) => {
    const { formatEther, getAddress, id } = require('ethers');
    return [formatEther(10n ** 18n), getAddress(`0x${'ab'.repeat(20)}`), id('a')];
  },
  mockjs: (require) => require('mockjs').mock({ 'a|3': ['x'] }),
  history: (require) => {
    const history = require('history').createMemoryHistory();
    history.push('/a?b');
    return history.location.pathname;
  },
};
