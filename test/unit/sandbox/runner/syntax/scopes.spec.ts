import type * as ScopesFile from '../../../../../src/sandbox/runner/syntax/scopes.js';
import type * as TreeFile from '../../../../../src/sandbox/runner/syntax/tree.js';
import { bundled } from '../../../../support/bundled.js';

const { scopesOf } = bundled('src/sandbox/runner/syntax/scopes.ts') as typeof ScopesFile;
const { parseScript } = bundled('src/sandbox/runner/syntax/tree.ts') as typeof TreeFile;

/** Names that a script reads without declaring them, each once. */
const free = (text: string): string[] => {
  const { globalScope } = scopesOf(parseScript(text), 'script');
  return [...new Set(globalScope?.through.map(({ identifier }) => identifier.name))].toSorted();
};

const long = (item: string, between: string): string =>
  Array.from({ length: 20_000 }, () => item).join(between);

describe('scopesOf', () => {
  it.each([
    ['a sum', `x + ${long('1', ' + ')} + y`],
    ['alternatives', `x || ${long('null', ' || ')} || y`],
    ['calls of methods', `x${long('.m(z)', '')}.n(y)`],
    ['calls of results', `x${long('(z)', '')}(y)`],
    ['members', `x${long('.m', '')}[y]`],
    ['functions inside', `x + ${long('1', ' + ')} + ((z) => z + y)()`],
    ['an argument', `f(x + ${long('1', ' + ')} + y)`],
    ['an assignment', `const a = [x + ${long('1', ' + ')} + y]`],
    ['parameters with defaults', `((a = x + ${long('1', ' + ')} + y, b = a) => b)()`],
  ])('finds names on both sides of what is too deep for a recursive analysis: %s', (_, text) => {
    expect(free(text)).toEqual(expect.arrayContaining(['x', 'y']));
    expect(free(text)).not.toEqual(expect.arrayContaining(['a']));
  });

  it('keeps the scopes of functions in what is too deep', () => {
    expect(
      free(`1 + ${long('1', ' + ')} + ((x) => x)(1) + (function y() { var z; return y + z })()`),
    ).toEqual([]);
  });
});
