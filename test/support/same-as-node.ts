import type { InstalledPackage } from '../../src/sandbox/boundary/messages.js';
import { evaluatedByNode, runWithModules } from './modules.js';

/** Expressions whose value in a context must be the one that Node gives; promises are awaited. */
export function sameAsNode(
  title: string,
  expressions: readonly string[],
  packages: readonly InstalledPackage[] = [],
): void {
  describe(`${title} as in Node`, () => {
    const inContext = runWithModules(
      packages,
      expressions.map(
        (expression) =>
          `(async () => { try { return await (0, eval)(${JSON.stringify(expression)}) } catch (error) { return 'threw ' + error.name + ' ' + error.code } })()`,
      ),
    );
    const inNode = evaluatedByNode(expressions);
    it.each(
      expressions.map((expression, index) => ({ expression, ours: inContext[index], node: inNode[index] })),
    )('gives what Node gives for $expression', ({ ours, node }) => {
      expect(ours?.error).toBeUndefined();
      expect(ours?.ok ?? null).toEqual(node);
    });
  });
}
