import type { Program } from 'acorn';
import { type ScopeManager, analyze } from 'eslint-scope';
import type * as estree from 'estree';
import { type TreeNode, isNode } from './tree.js';

/** Nesting that the scope analysis, which is recursive, bears wherever it is called. */
const MAX_DEPTH = 200;

/**
 * Finds the scopes of a program and what each identifier in it means. The tree of a text with very long expressions loses
 * the nesting of those: use positions, not parents, afterwards.
 */
export function scopesOf(program: Program, sourceType: 'module' | 'script'): ScopeManager {
  const options = {
    ecmaVersion: 2022,
    sourceType,
    // A direct eval declares nothing outside of its text in strict code. In other code, what it may declare is not known.
    ignoreEval: sourceType === 'module',
    // Kinds of nodes that it does not know yet.
    fallback: 'iteration',
  } as const;
  const tree = program as unknown as estree.Program;
  try {
    return analyze(tree, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  flatten(program);
  return analyze(tree, options);
}

/** Expressions that make chains, and that declare and assign nothing. */
const CHAINS =
  /^(?:Binary|Logical|Conditional|Call|New|Member|TaggedTemplate|Await|Unary|Sequence)Expression$/;

/** A place in the tree, and the parts that were taken out of the chain around it, to follow that in a sequence. */
type Place = readonly [
  parent: Record<string, unknown>,
  field: string,
  parts: TreeNode[] | undefined,
  depth: number,
];

/** Takes long chains apart. For scopes it does not matter how the parts of an expression are nested. */
function flatten(program: unknown): void {
  const sequences: (() => void)[] = [];
  const waiting: Place[] = [[{ program }, 'program', undefined, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [parent, field, around, above] = next;
    const node = parent[field] as object;
    const isChain = isNode(node) && CHAINS.test(node.type);
    let parts = isChain || Array.isArray(node) ? around : undefined;
    let depth = isChain ? above + 1 : above;
    if (isChain && parts === undefined) {
      const own: TreeNode[] = (parts = []);
      depth = 0;
      sequences.push(() => {
        if (own.length > 0) parent[field] = sequence([node, ...own]);
      });
    } else if (isChain && depth > MAX_DEPTH) {
      parts?.push(node);
      parent[field] = { type: 'Literal', start: node.start, end: node.end, range: [node.start, node.end] };
      depth = 0;
    }
    const fields = node as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      if (typeof value === 'object' && value !== null && key !== 'range')
        waiting.push([fields, key, parts, depth]);
    }
  }
  for (const insert of sequences) insert();
}

function sequence(expressions: readonly TreeNode[]): TreeNode {
  const { start, end } = expressions[0] as TreeNode;
  return { type: 'SequenceExpression', expressions, start, end, range: [start, end] };
}
