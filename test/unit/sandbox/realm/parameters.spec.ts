import { runInThisContext } from 'node:vm';
import type * as ParametersFile from '../../../../src/sandbox/realm/parameters.js';
import { bundled } from '../../../support/bundled.js';

const { takesNothing } = bundled('src/sandbox/realm/parameters.ts') as typeof ParametersFile;
const of = (text: string): boolean => takesNothing(runInThisContext(`(${text})`) as () => void);

describe('takesNothing', () => {
  it.each([
    'function f() { return 1 }',
    '() => 1',
    'async function f(/* none */) {}',
    'function f() { /* no arguments */ return 1 }',
    'function f() { // the arguments "are ignored\n return 1 }',
    `function f() { return "arguments" + 'it\\'s arguments' + \`arguments\` }`,
    `function f() { return "\\\\" + "arguments" }`,
    'function f /* arguments */ () {}',
  ])('is true where no parameter and no use of arguments is in the text: %s', (text) => {
    expect(of(text)).toBe(true);
  });

  it.each([
    'function f(cb) { cb() }',
    'function f(cb = 1) {}',
    'function f(...all) {}',
    'function f() { return arguments[0]() }',
    'function f() { /* a */ arguments[0]() }',
    `function f() { "x"; arguments[0]("'") }`,
    'function f() { return `${arguments[0]()}` }',
    'function f() { return /"/.test("") || arguments[0]() }',
    'function f() { return 4 / 2 + arguments.length }',
    'function f() { eval("1"); return arguments }',
    'function f() {}.bind(null)',
    'new Proxy(() => 1, {})',
    'Math.max.bind()',
  ])('is false where a callback may be used: %s', (text) => {
    expect(of(text)).toBe(false);
  });
});
