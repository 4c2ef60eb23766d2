import type { Program } from 'acorn';
import type * as estree from 'estree';
import { NAME_PLACES } from '../../boundary/rewritten-names.js';
import type { Edits } from './edits.js';
import type { ModuleLinks } from './module-links.js';
import type { Names } from './names.js';
import { scopesOf } from './scopes.js';
import { type TreeNode, walk } from './tree.js';

/** What a module does that decides what it becomes. */
export interface ModuleFacts {
  /** Whether it awaits at its top level. */
  readonly awaits: boolean;
  /** Whether it calls `eval` directly, so that a text may read its imports. */
  readonly evaluates: boolean;
}

/** Makes the uses of imported names, `import.meta` and `import()` what the transformed text has for them. */
export function rewriteReferences(
  program: Program,
  edits: Edits,
  names: Names,
  links: ModuleLinks,
): ModuleFacts {
  const places = placesOf(program);
  for (const { start, end, type } of places.special) {
    if (type === 'MetaProperty') edits.cover(start, end, names.meta);
    else edits.replace(start, start + 'import'.length, names.import);
  }
  const { imported, free } = identifiersOf(program);
  for (const { name, start, end } of free) {
    if (name !== 'arguments') continue;
    const key = places.shorthand.has(start) ? name + NAME_PLACES.shorthand : '';
    edits.replace(start, end, key + names.arguments);
  }
  for (const identifier of imported) {
    const reading = links.reading(identifier.name, names, places.objects.has(identifier.start));
    if (reading === undefined || places.exported.has(identifier.start)) continue;
    edits.replace(identifier.start, identifier.end, placed(identifier, reading, places));
  }
  return places;
}

function placed({ name, start }: PlacedIdentifier, reading: string, places: Places): string {
  if (places.shorthand.has(start)) return name + NAME_PLACES.shorthand + reading;
  if (!places.called.has(start) || !/[.[]/.test(reading)) return reading;
  return `${places.statements.has(start) ? NAME_PLACES.calledFirst : NAME_PLACES.called}${reading})`;
}

type PlacedIdentifier = estree.Identifier & { readonly start: number; readonly end: number };

interface Identifiers {
  /** That mean an imported name, declarations aside. */
  readonly imported: readonly PlacedIdentifier[];
  /** That mean nothing in the module. */
  readonly free: readonly PlacedIdentifier[];
}

function identifiersOf(program: Program): Identifiers {
  const scopes = scopesOf(program, 'module');
  const moduleScope = scopes.scopes.find(({ type }) => type === 'module');
  const identifiers = (moduleScope?.variables ?? [])
    .filter(({ defs }) => defs.some(({ type }) => type === 'ImportBinding'))
    .flatMap(({ references }) => references.map(({ identifier }) => identifier as PlacedIdentifier));
  const free = (moduleScope?.through ?? []).map(({ identifier }) => identifier as PlacedIdentifier);
  // A name with a default in a pattern is two references.
  return { imported: [...new Set(identifiers)], free: [...new Set(free)] };
}

/** Beginnings of what must be written otherwise, by where it stands. */
interface Places extends ModuleFacts {
  /** `{ x }`, also with a default in a pattern. */
  readonly shorthand: Set<number>;
  readonly called: Set<number>;
  /** Objects of property accesses. */
  readonly objects: Set<number>;
  /** Statements that an empty one may stand before. */
  readonly statements: Set<number>;
  /** Inside `export {…}`, which is covered as a whole. */
  readonly exported: Set<number>;
  readonly special: TreeNode[];
  awaits: boolean;
  evaluates: boolean;
}

function placesOf(program: Program): Places {
  const places: Places = {
    shorthand: new Set(),
    called: new Set(),
    objects: new Set(),
    statements: new Set(),
    exported: new Set(),
    special: [],
    awaits: false,
    evaluates: false,
  };
  walk(program, (node, isInFunction) => {
    places.awaits ||= !isInFunction && isAwaiting(node);
    switch (node.type) {
      case 'Property':
        if (node['shorthand'] === true) places.shorthand.add((node['key'] as TreeNode).start);
        break;
      case 'CallExpression':
        addNamed(node['callee'] as TreeNode, places.called);
        places.evaluates ||= isDirectEval(node);
        break;
      case 'MemberExpression':
        addNamed(node['object'] as TreeNode, places.objects);
        break;
      case 'TaggedTemplateExpression':
        addNamed(node['tag'] as TreeNode, places.called);
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

function isDirectEval({ callee, optional }: TreeNode): boolean {
  const { type, name } = callee as TreeNode;
  return type === 'Identifier' && name === 'eval' && optional !== true;
}

function addNamed({ type, start }: TreeNode, to: Set<number>): void {
  if (type === 'Identifier') to.add(start);
}

function addStatements(statements: readonly TreeNode[], places: Places): void {
  for (const { type, start } of statements) {
    if (type === 'ExpressionStatement') places.statements.add(start);
  }
}
