/** The kit of the realm: the one way to put a property on an object that a script can reach, and who else defines any. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { buildSync } from 'esbuild';

const realm = fileURLToPath(new URL('../../../../src/sandbox/realm/', import.meta.url));

/** Evaluates the kit in a fresh context, as the bootstrap does. */
function kitIn(context: object): object {
  const { outputFiles } = buildSync({
    stdin: {
      contents: "export * from './define.js'; export * from './lazily.js';",
      resolveDir: `${realm}kit`,
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'kit',
    target: 'es2022',
  });
  runInContext(`"use strict";\n${outputFiles[0]?.text ?? ''}`, createContext(context));
  return context;
}

/** Runs a function body there, as a script that has polluted `Object.prototype` if asked to. Gives its result as JSON. */
function result(body: string, before = ''): unknown {
  const json: unknown = runInContext(`${before}; JSON.stringify((() => { ${body} })())`, kitIn({}));
  return JSON.parse(json as string);
}

/** An ordinary descriptor would inherit each of these. */
const POLLUTION = `for (const key of ['get', 'set', 'value', 'writable', 'enumerable', 'configurable'])
  Object.defineProperty(Object.prototype, key, { __proto__: null, value: () => 'polluted' })`;

const ATTRIBUTES = `const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(target, 'x');
  return [target.x, writable, enumerable, configurable];`;

describe('a property that the kit defines', () => {
  it.each([
    ['define', "kit.define(target, 'x', 1)", [1, true, true, true]],
    ['defineHidden', "kit.defineHidden(target, 'x', 1)", [1, true, false, true]],
    ['defineReadOnly', "kit.defineReadOnly(target, 'x', 1)", [1, false, false, true]],
    ['defineConstant', "kit.defineConstant(target, 'x', 1, true)", [1, false, true, false]],
  ])('has the attributes of %s, also where Object.prototype is polluted', (_, call, expected) => {
    expect(result(`const target = {}; ${call}; ${ATTRIBUTES}`)).toEqual(expected);
    expect(result(`const target = {}; ${call}; ${ATTRIBUTES}`, POLLUTION)).toEqual(expected);
  });

  it('is an accessor without the setter that a script has put on Object.prototype', () => {
    const body = `const target = {};
      kit.defineAccessor(target, 'x', { get: () => 1 });
      const { get, set, enumerable, configurable } = Object.getOwnPropertyDescriptor(target, 'x');
      return [target.x, typeof get, typeof set, enumerable, configurable];`;
    expect(result(body, POLLUTION)).toEqual([1, 'function', 'undefined', false, true]);
  });

  it('calls no setter of a prototype', () => {
    const body = `const taken = [];
      const target = Object.create({ set x(value) { taken.push(value); } });
      kit.define(target, 'x', 'secret');
      return [taken, target.x];`;
    expect(result(body)).toEqual([[], 'secret']);
  });

  it('is enumerable where the web’s standards have it so', () => {
    const body = `class Example { a() {} b() {} }
      kit.makeEnumerable(Example.prototype, ['a']);
      const some = Object.keys(Example.prototype);
      kit.makeMembersEnumerable(Example);
      return [some, Object.keys(Example.prototype)];`;
    expect(result(body)).toEqual([['a'], ['a', 'b']]);
  });

  it('is the name of a function', () => {
    const body = `const callee = kit.named('given', () => undefined);
      const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(callee, 'name');
      return [callee.name, writable, enumerable, configurable];`;
    expect(result(body)).toEqual(['given', false, false, true]);
  });
});

describe('a lazy property of the kit', () => {
  it('is created once, at its first read, and is an ordinary one from then on', () => {
    const body = `const made = [];
      const target = kit.lazily({}, ['x', 'y'], (key) => made.push(key));
      const read = [target.x, target.x, made];
      const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(target, 'x');
      return [...read, writable, enumerable, configurable];`;
    expect(result(body)).toEqual([1, 1, ['x'], true, true, true]);
  });

  it('is replaced by an assignment, and not created then', () => {
    const body = `let calls = 0;
      const target = kit.lazily({}, ['x'], () => ++calls);
      target.x = 'mine';
      return [target.x, calls];`;
    expect(result(body)).toEqual(['mine', 0]);
  });

  it('of a class is created for each of its objects', () => {
    const body = `class Example { constructor(base) { this.base = base; } }
      kit.lazilyForEach(Example, 'x', (example) => example.base + 1);
      const objects = [new Example(1), new Example(2)];
      return [objects.map(({ x }) => x), Object.hasOwn(objects[0], 'x')];`;
    expect(result(body)).toEqual([[2, 3], true]);
  });
});

describe('the code of the realm', () => {
  const files = readdirSync(realm, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const using = (pattern: RegExp): string[] =>
    files.filter((file) => pattern.test(readFileSync(join(realm, file), 'utf8'))).toSorted();

  it.each([
    // The first puts back what it has found, the last two copy all properties, as Node does; a proxy has a trap of that name.
    [
      'defines properties',
      /\bdefinePropert(?:y|ies)\(/,
      [
        'client-globals.ts',
        'kit/define.ts',
        'loader/namespace.ts',
        'node/package-files.ts',
        'node/ports/promisify.ts',
      ],
    ],
    ['gives errors a code', /Object\.assign\(\s*new \w*Error\([^;]*?\bcode: '/, ['kit/errors.ts']],
    ['requires parts', /\brequire\([^)]*\) as /, ['kit/parts.ts']],
  ])('%s in the kit, and elsewhere only as it must', (_, pattern, expected) => {
    expect(using(pattern)).toEqual(expected);
  });
});
