import type * as estree from 'estree';
import { namesIn } from './module-links.js';
import { scopesOf } from './scopes.js';
import { type TreeNode, parseScript, walk } from './tree.js';

/** How a classic script uses the `module` and `exports` of CommonJS. */
export interface CommonJsUse {
  /** Whether it uses them without asking first whether they exist. */
  readonly unguarded: boolean;
  /** Functions that it may define as globals where they do not exist, as a UMD bundle does. */
  readonly globals: readonly string[];
}

const isCommonJsName = (name: unknown): boolean => name === 'module' || name === 'exports';

/**
 * Finds how a script uses `module` and `exports`. Comments, strings and variables of these names do not count.
 * @throws SyntaxError with `loc`
 */
export function commonJsUse(source: string): CommonJsUse {
  const program = parseScript(source);
  const guards = guardsOf(program);
  const { globalScope } = scopesOf(program, 'script');
  const unguarded = (globalScope?.through ?? []).some(({ identifier }) => {
    const { start } = identifier as unknown as TreeNode;
    return isCommonJsName(identifier.name) && !guards.asked.has(start) && !isWithin(guards.ranges, start);
  });
  const declared = (globalScope?.variables ?? []).map(({ name }) => name);
  return { unguarded, globals: [...declared, ...guards.assigned] };
}

interface Guards {
  /** Beginnings of the operands of `typeof module` and `typeof exports`. */
  readonly asked: Set<number>;
  /** What a branch on such a question decides, the question included. */
  readonly ranges: (readonly [start: number, end: number])[];
  /** Properties that are assigned in them, except those of `module` and `exports`. */
  readonly assigned: string[];
}

function guardsOf(program: unknown): Guards {
  const asked = new Set<number>();
  walk(program, (node) => {
    const operand = askedBy(node);
    if (operand !== undefined) asked.add(operand.start);
  });
  const questions = new Positions([...asked]);
  /** Variables that hold the answer to one. */
  const answers = new Set<string>();
  walk(program, ({ type, id, init }) => {
    if (type === 'VariableDeclarator' && questions.hasWithin(init))
      for (const name of namesIn(id as estree.Pattern)) answers.add(name);
  });
  const mentions = [...asked];
  walk(program, ({ type, name, start }) => {
    if (type === 'Identifier' && answers.has(String(name))) mentions.push(start);
  });
  const decisive = new Positions(mentions);
  const ranges: [number, number][] = [];
  walk(program, (node) => {
    const condition = node.type === 'LogicalExpression' ? node['left'] : node['test'];
    if (decisive.hasWithin(condition)) ranges.push([node.start, node.end]);
  });
  const assigned: string[] = [];
  walk(program, ({ type, start, left }) => {
    if (type !== 'AssignmentExpression' || !isWithin(ranges, start)) return;
    const name = assignedProperty(left as TreeNode);
    if (name !== undefined) assigned.push(name);
  });
  return { asked, ranges, assigned };
}

/** Positions in a text, found by the node around them. */
class Positions {
  readonly #sorted: readonly number[];

  constructor(positions: readonly number[]) {
    this.#sorted = positions.toSorted((a, b) => a - b);
  }

  hasWithin(node: unknown): boolean {
    if (typeof node !== 'object' || node === null) return false;
    const { start, end } = node as TreeNode;
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? Infinity) < start) low = middle + 1;
      else high = middle;
    }
    return (this.#sorted[low] ?? Infinity) < end;
  }
}

/** The operand of `typeof module` or `typeof exports`. */
function askedBy({ type, operator, argument }: TreeNode): TreeNode | undefined {
  if (type !== 'UnaryExpression' || operator !== 'typeof') return undefined;
  const operand = argument as TreeNode;
  return operand.type === 'Identifier' && isCommonJsName(operand['name']) ? operand : undefined;
}

function assignedProperty({ type, object, property }: TreeNode): string | undefined {
  if (type !== 'MemberExpression' || isCommonJsName((object as TreeNode)['name'])) return undefined;
  const { name, value } = property as TreeNode;
  return typeof value === 'string' ? value : typeof name === 'string' ? name : undefined;
}

function isWithin(ranges: readonly (readonly [number, number])[], at: number): boolean {
  return ranges.some(([start, end]) => start <= at && at < end);
}
