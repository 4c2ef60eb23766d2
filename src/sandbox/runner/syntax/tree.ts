import type { Options, Program } from 'acorn';
import { ChainParser } from './chain-parser.js';

/** A node of the syntax tree, as far as it is walked without regard to what it is. */
export interface TreeNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const OPTIONS: Options = {
  ecmaVersion: 'latest',
  // What eslint-scope asks of a tree.
  ranges: true,
  allowHashBang: true,
};

/** @throws SyntaxError with `loc` */
export function parseModule(text: string): Program {
  return ChainParser.parse(text, { ...OPTIONS, sourceType: 'module' });
}

/** @throws SyntaxError with `loc` */
export function parseScript(text: string): Program {
  return ChainParser.parse(text, {
    ...OPTIONS,
    sourceType: 'script',
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: false,
  });
}

export const isNode = (value: unknown): value is TreeNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Calls `visit` with each node before those within it. Not recursive: the depth of a tree is the author's. */
export function walk(root: unknown, visit: (node: TreeNode, isInFunction: boolean) => void): void {
  const waiting: [node: unknown, isInFunction: boolean][] = [[root, false]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, isInFunction] = next;
    if (!isNode(node)) continue;
    visit(node, isInFunction);
    const inside = isInFunction || hasOwnAwait(node);
    // The tree is the parser's own: its nodes inherit no fields.
    for (const field in node) {
      const value = node[field];
      if (typeof value !== 'object' || value === null || field === 'range') continue;
      // A computed key is evaluated outside of what it names.
      const within = field === 'key' || field === 'superClass' ? isInFunction : inside;
      if (Array.isArray(value)) for (const item of value as unknown[]) waiting.push([item, within]);
      else if (isNode(value)) waiting.push([value, within]);
    }
  }
}

/** Whether an `await` inside is not the module's. */
function hasOwnAwait({ type }: TreeNode): boolean {
  return /Function|^PropertyDefinition$|^StaticBlock$/.test(type);
}
