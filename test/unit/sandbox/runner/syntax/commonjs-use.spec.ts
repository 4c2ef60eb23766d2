import type * as CommonJsFile from '../../../../../src/sandbox/runner/syntax/commonjs-use.js';
import { bundled } from '../../../../support/bundled.js';

const { commonJsUse } = bundled('src/sandbox/runner/syntax/commonjs-use.ts') as typeof CommonJsFile;

const UMD = `(function (root, factory) {
  if (typeof define === 'function' && define.amd) define([], factory);
  else if (typeof module === 'object' && module.exports) module.exports = factory();
  else root.Lib = factory();
})(typeof self !== 'undefined' ? self : this, function () { return {} });`;

describe('commonJsUse', () => {
  it.each([
    ['an assignment to module.exports', 'module.exports = () => 1'],
    ['a property of exports', 'exports.f = () => 1'],
    ['a computed property', 'module["exports"] = 1'],
    ['Object.assign', 'Object.assign(exports, { f })'],
    ['what compilers write', 'Object.defineProperty(exports, "__esModule", { value: true })'],
    ['a use in a function', 'function f() { return exports }'],
    ['a use beside a question', 'if (typeof module !== "undefined") f(); module.exports = f'],
    ['a bundled dependency that asks', `${UMD}\nmodule.exports = Lib`],
    ['a shorthand property', 'f({ module })'],
    ['a template', 'f(`${exports.a}`)'],
  ])('finds an unguarded use: %s', (_, text) => {
    expect(commonJsUse(text).unguarded).toBe(true);
  });

  it.each([
    ['UMD', UMD],
    ['an if', 'if (typeof module !== "undefined") module.exports = f'],
    ['a logical and', 'typeof exports === "object" && (exports.f = f)'],
    ['a conditional', 'const target = typeof exports !== "undefined" ? exports : {}'],
    [
      'an answer in a variable',
      'var has = typeof module === "object"; if (has && module.exports) module.exports = f',
    ],
    ['an else', 'if (typeof module === "undefined") f(); else module.exports = f'],
    ['a comment', '// module.exports = f\n/* exports.f */'],
    ['a string', 'f("module.exports")'],
    ['a variable', 'const module = 1; const exports = module + 1'],
    ['a parameter', '(function (module, exports) { exports.f = module })({}, {})'],
    ['a property', 'a.module = a.exports'],
    ['a key', 'f({ module: 1, exports: 2 })'],
    ['a label', 'module: for (;;) break module'],
    ['an inner variable', 'function f() { let module; return module }'],
  ])('finds none: %s', (_, text) => {
    expect(commonJsUse(text).unguarded).toBe(false);
  });

  it('finds uses in very long expressions', () => {
    const long = Array.from({ length: 12_000 }, (_, i) => `"${i}"`).join('+');
    expect(commonJsUse(`const s = ${long}; module.exports = s`).unguarded).toBe(true);
    expect(commonJsUse(`const s = ${long} + (typeof module === "object" && module.exports)`).unguarded).toBe(
      false,
    );
  });

  it('lists the functions that a script defines itself', () => {
    expect(commonJsUse(`function own() {} var v; ${UMD}`).globals).toEqual(['own', 'v', 'Lib']);
    expect(
      commonJsUse('if (typeof module === "object") module.exports = 1; else window["Odd"] = 2').globals,
    ).toEqual(['Odd']);
  });

  it('does not list what is assigned elsewhere', () => {
    expect(commonJsUse(`other.Thing = 1; ${UMD}`).globals).toEqual(['Lib']);
  });

  it('throws for a text that is not a script', () => {
    expect(() => commonJsUse('import x from "x"')).toThrow(/sourceType/);
  });
});
