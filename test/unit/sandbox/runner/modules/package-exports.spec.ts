import { ModuleError } from '../../../../../src/sandbox/runner/modules/module-error.js';
import { exportsTarget, importsTarget } from '../../../../../src/sandbox/runner/modules/package-exports.js';

const codeOf = (run: () => unknown) => {
  try {
    return run();
  } catch (error) {
    if (error instanceof ModuleError) return error.code;
    throw error;
  }
};

const NOT_EXPORTED = 'ERR_PACKAGE_PATH_NOT_EXPORTED';
const INVALID = 'ERR_INVALID_PACKAGE_TARGET';

describe('exportsTarget', () => {
  const cases: [exports: unknown, subpath: string, expected: string][] = [
    ['./a.js', '.', './a.js'],
    ['./a.js', './b', NOT_EXPORTED],
    [{ require: './r.js', import: './i.js' }, '.', './r.js'],
    [{ import: './i.js' }, '.', './i.js'],
    [{ require: null, import: './i.js' }, '.', NOT_EXPORTED],
    [{ browser: './b.js' }, '.', NOT_EXPORTED],
    [{ 'module-sync': './m.js', require: './r.js' }, '.', './m.js'],
    [{ import: './i.js', default: './d.js' }, '.', './d.js'],
    [{ 'node-addons': './n.node', node: { import: './i.js', require: './nr.js' } }, '.', './nr.js'],
    [{ browser: './b.js', node: { import: './i.js' }, default: './d.js' }, '.', './d.js'],
    [{ '.': './a.js', './b': './c.js' }, './b', './c.js'],
    [{ './f/*': './src/*.js', './f/x/*': './xs/*.js' }, './f/x/y', './xs/y.js'],
    [{ './f/*.js': './src/*.js' }, './f/a/b.js', './src/a/b.js'],
    [{ './f/*': './src/*/*.js' }, './f/a', './src/a/a.js'],
    [{ './f/*': null, './f/ok': './ok.js' }, './f/secret', NOT_EXPORTED],
    [{ './f/*': null, './f/ok': './ok.js' }, './f/ok', './ok.js'],
    [{ '.': ['not-a-path', './b.js'] }, '.', './b.js'],
    [{ '.': [{ import: './i.js' }, './b.js'] }, '.', './b.js'],
    [{ '.': '../out.js' }, '.', INVALID],
    [{ '.': './../out.js' }, '.', INVALID],
    [{ '.': './a/../../out.js' }, '.', INVALID],
    [{ '.': './node_modules/x/index.js' }, '.', INVALID],
    [{ '.': '/etc/passwd' }, '.', INVALID],
    [{ '.': 'file:///etc/passwd' }, '.', INVALID],
    [{ './*': './src/*' }, './../x', INVALID],
    [{ './*': './src/*' }, './%2e%2e/x', INVALID],
    [{ '.': 5 }, '.', INVALID],
    [{}, '.', NOT_EXPORTED],
    [{ './*': './$1$&*' }, './a$&', './$1$&a$&'],
    [{ '.': {}, __proto__: { './x': './x.js' } }, './x', NOT_EXPORTED],
  ];
  it.each(cases)('%j with %s gives %s', (exports, subpath, expected) => {
    expect(codeOf(() => exportsTarget(exports, subpath, 'pkg', 'require'))).toBe(expected);
  });
});

it('takes what a package has for import, when that is asked', () => {
  const table = { require: './r.js', 'module-sync': './m.js', import: './i.js', default: './d.js' };
  expect(exportsTarget(table, '.', 'pkg', 'import')).toBe('./m.js');
  expect(exportsTarget({ require: './r.js', import: './i.js' }, '.', 'pkg', 'import')).toBe('./i.js');
  expect(codeOf(() => exportsTarget({ require: './r.js' }, '.', 'pkg', 'import'))).toBe(NOT_EXPORTED);
});

describe('importsTarget', () => {
  const cases: [imports: Record<string, unknown> | undefined, id: string, expected: string][] = [
    [{ '#a': './a.js' }, '#a', './a.js'],
    [{ '#a': { require: 'other/sub' } }, '#a', 'other/sub'],
    [{ '#x/*': './x/*.js' }, '#x/y', './x/y.js'],
    [{ '#a': '../a.js' }, '#a', INVALID],
    [{ '#a': '/a.js' }, '#a', INVALID],
    [undefined, '#a', 'ERR_PACKAGE_IMPORT_NOT_DEFINED'],
    [{ '#a': null }, '#a', 'ERR_PACKAGE_IMPORT_NOT_DEFINED'],
  ];
  it.each(cases)('%j with %s gives %s', (imports, id, expected) => {
    expect(codeOf(() => importsTarget(imports, id, 'pkg', 'require'))).toBe(expected);
  });
});
