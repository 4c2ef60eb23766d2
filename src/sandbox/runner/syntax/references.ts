import type { Program } from 'acorn';
import { analyze } from 'eslint-scope';
import type * as estree from 'estree';
import type { Edits } from './edits.js';
import type { ModuleLinks } from './module-links.js';
import type { Names } from './names.js';
import { type TreeNode, walk } from './tree.js';

/**
 * Makes the uses of imported names, `import.meta` and `import()` what the transformed text has for them.
 * @returns whether the module awaits at its top level
 */
export function rewriteReferences(program: Program, edits: Edits, names: Names, links: ModuleLinks): boolean {
  const places = placesOf(program);
  for (const { start, type } of places.special) {
    if (type === 'MetaProperty') edits.cover(start, start + 'import.meta'.length, names.meta);
    else edits.replace(start, start + 'import'.length, names.import);
  }
  const { imported, free } = identifiersOf(program);
  for (const { name, start, end } of free) {
    if (name !== 'arguments') continue;
    edits.replace(start, end, places.shorthand.has(start) ? `${name}: ${names.arguments}` : names.arguments);
  }
  for (const identifier of imported) {
    const reading = links.reading(identifier.name, names);
    if (reading === undefined || places.exported.has(identifier.start)) continue;
    edits.replace(identifier.start, identifier.end, placed(identifier, reading, places));
  }
  return places.awaits;
}

function placed({ name, start }: PlacedIdentifier, reading: string, places: Places): string {
  if (places.shorthand.has(start)) return `${name}: ${reading}`;
  if (!places.called.has(start) || !/[.[]/.test(reading)) return reading;
  // Called as a function, not as a method. What begins with a parenthesis must not go on the line before.
  return `${places.statements.has(start) ? ';' : ''}(0,${reading})`;
}

type PlacedIdentifier = estree.Identifier & { readonly start: number; readonly end: number };

interface Identifiers {
  /** That mean an imported name, declarations aside. */
  readonly imported: readonly PlacedIdentifier[];
  /** That mean nothing in the module. */
  readonly free: readonly PlacedIdentifier[];
}

function identifiersOf(program: Program): Identifiers {
  const scopes = analyze(program as unknown as estree.Program, {
    ecmaVersion: 2022,
    sourceType: 'module',
    // Kinds of nodes that it does not know yet.
    fallback: 'iteration',
  });
  const moduleScope = scopes.scopes.find(({ type }) => type === 'module');
  const identifiers = (moduleScope?.variables ?? [])
    .filter(({ defs }) => defs.some(({ type }) => type === 'ImportBinding'))
    .flatMap(({ references }) => references.map(({ identifier }) => identifier as PlacedIdentifier));
  const free = (moduleScope?.through ?? []).map(({ identifier }) => identifier as PlacedIdentifier);
  // A name with a default in a pattern is two references.
  return { imported: [...new Set(identifiers)], free: [...new Set(free)] };
}

/** Beginnings of what must be written otherwise, by where it stands. */
interface Places {
  /** `{ x }`, also with a default in a pattern. */
  readonly shorthand: Set<number>;
  readonly called: Set<number>;
  /** Statements that an empty one may stand before. */
  readonly statements: Set<number>;
  /** Inside `export {…}`, which is covered as a whole. */
  readonly exported: Set<number>;
  readonly special: TreeNode[];
  /** Whether an `await` is in no function. */
  awaits: boolean;
}

function placesOf(program: Program): Places {
  const places: Places = {
    shorthand: new Set(),
    called: new Set(),
    statements: new Set(),
    exported: new Set(),
    special: [],
    awaits: false,
  };
  walk(program, (node, isInFunction) => {
    places.awaits ||= !isInFunction && isAwaiting(node);
    switch (node.type) {
      case 'Property':
        if (node['shorthand'] === true) places.shorthand.add((node['key'] as TreeNode).start);
        break;
      case 'CallExpression':
        addCalled(node['callee'] as TreeNode, places);
        break;
      case 'TaggedTemplateExpression':
        addCalled(node['tag'] as TreeNode, places);
        break;
      case 'ExportSpecifier':
        places.exported.add((node['local'] as TreeNode).start);
        break;
      case 'MetaProperty':
        if ((node['meta'] as estree.Identifier).name === 'import') places.special.push(node);
        break;
      case 'ImportExpression':
        places.special.push(node);
        break;
      case 'Program':
      case 'BlockStatement':
      case 'StaticBlock':
        addStatements(node['body'] as TreeNode[], places);
        break;
      case 'SwitchCase':
        addStatements(node['consequent'] as TreeNode[], places);
        break;
      default:
    }
  });
  return places;
}

function isAwaiting({ type, await: isAwait, kind }: TreeNode): boolean {
  return (
    type === 'AwaitExpression' ||
    (type === 'ForOfStatement' && isAwait === true) ||
    (type === 'VariableDeclaration' && kind === 'await using')
  );
}

function addCalled({ type, start }: TreeNode, places: Places): void {
  if (type === 'Identifier') places.called.add(start);
}

function addStatements(statements: readonly TreeNode[], places: Places): void {
  for (const { type, start } of statements) {
    if (type === 'ExpressionStatement') places.statements.add(start);
  }
}
