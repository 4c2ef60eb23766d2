import type * as estree from 'estree';
import { Edits, type Shift } from './edits.js';
import { ModuleLinks } from './module-links.js';
import { type Names, namesFor } from './names.js';
import { type ModuleFacts, rewriteReferences } from './references.js';
import { parseModule } from './tree.js';

/** An ES module as a classic script. */
export interface ModuleText {
  /** An expression: see {@link moduleText}. */
  readonly text: string;
  /** Characters before the author's first one. */
  readonly prefix: number;
  readonly shifts: readonly Shift[];
}

type Statement = estree.Program['body'][number] & { readonly start: number; readonly end: number };
/** The scope that a module is evaluated in. */
export interface ModuleScope {
  /** Names that the module finds in it without an import. */
  readonly scope: readonly string[];
  /** Whether the module is the script itself, which also has `require`. */
  readonly isScript: boolean;
}

/** What a package's module must not find there: the script's. */
const HIDDEN = 'let require, module, exports, __filename, __dirname; ';

const STRICT = '"use strict"; ';

const EXPORT_DEFAULT = /export(?:\s|\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*)*default/y;

type Placed<T> = T & { readonly start: number; readonly end: number };

/**
 * Makes of an ES module an expression, each of its lines kept:
 * `scope => [requests, imports, indirect, stars, isAsync, body]`, where
 * - `requests` are the specifiers in order;
 * - `imports` is a list of (index of a request, name): what must be there;
 * - `indirect` is a list of (exported name, index of a request, its name or null for the namespace);
 * - `stars` are the indexes of `export *`;
 * - `body` is a generator function, or an asynchronous one where the module awaits. It takes
 *   `{sources, namespace(index of a request), meta, import, exports(list of name, getter), name(function)}`, tells its exports, and yields once: its
 *   functions are then there and its other bindings are not, as in a module that is linked. It goes on as the module.
 *   `sources` are the namespaces of the requests, so that bindings live; `namespace` returns what a script may hold of one.
 * @throws SyntaxError with `loc`
 */
export function moduleText(source: string, { scope, isScript }: ModuleScope): ModuleText {
  const program = parseModule(source);
  const names = namesFor(source);
  const edits = new Edits(source);
  const links = new ModuleLinks();
  if (source.startsWith('#!')) edits.replace(0, 2, '//');
  for (const statement of program.body) {
    rewriteStatement(statement as Statement, source, edits, names, links);
  }
  const facts = rewriteReferences(program, edits, names, links);
  const { text, shifts } = edits.apply();
  const [opening, closing] = around(facts, names, links);
  const { scope: scopeObject } = names;
  const prefix = `(function (${scopeObject}) { ${facts.evaluates ? '' : STRICT}const { ${scope.join(', ')} } = ${scopeObject}; ${isScript ? '' : HIDDEN}return [${links.tables(facts.awaits)}, ${opening}`;
  return { text: `${prefix}${text}\n${closing}]; })`, prefix: prefix.length, shifts };
}

/**
 * What stands around the text of a module. Where that calls `eval` directly, a `with` gives the evaluated text the imported
 * names: there are no other bindings that a text can read by name and that stay live. Strict code cannot have a `with`, but
 * it can be inside one.
 */
function around(
  { awaits, evaluates }: ModuleFacts,
  names: Names,
  links: ModuleLinks,
): readonly [opening: string, closing: string] {
  const generator = `${awaits ? 'async ' : ''}function* `;
  const reports = links.reports(names);
  if (!evaluates)
    return [`${generator}(${names.api}) { ${links.declarations(names)} ${reports} yield; `, '}'];
  const scope = links.scope(names);
  return [
    `function (${names.api}) { ${links.declarations(names)} with (${scope}) return (${generator}() { ${STRICT}${reports} yield; `,
    '})(); }',
  ];
}

function rewriteStatement(
  statement: Statement,
  source: string,
  edits: Edits,
  names: Names,
  links: ModuleLinks,
): void {
  const { start, end } = statement;
  switch (statement.type) {
    case 'ImportDeclaration':
      links.imported(statement);
      return edits.cover(start, end, ';');
    case 'ExportAllDeclaration':
      links.exportedAll(statement);
      return edits.cover(start, end, ';');
    case 'ExportNamedDeclaration': {
      const { declaration } = statement;
      links.exportedNames(statement);
      if (declaration === null || declaration === undefined) return edits.cover(start, end, ';');
      return edits.cover(start, (declaration as Placed<typeof declaration>).start);
    }
    case 'ExportDefaultDeclaration':
      return rewriteDefault(statement, source, edits, names, links);
    default:
  }
}

function rewriteDefault(
  { declaration, start, end }: Placed<estree.ExportDefaultDeclaration>,
  source: string,
  edits: Edits,
  names: Names,
  links: ModuleLinks,
): void {
  const value = declaration as Placed<typeof declaration>;
  if ((value.type === 'FunctionDeclaration' || value.type === 'ClassDeclaration') && value.id) {
    links.exportedLocal('default', value.id.name);
    return edits.cover(start, value.start);
  }
  links.exportedLocal('default', names.default);
  if (value.type === 'FunctionDeclaration') {
    links.hasUnnamedDefault = true;
    edits.cover(start, value.start);
    // Before the parameters; no comment there can hold a parenthesis that counts, for the first one is theirs.
    return edits.insert(parametersOf(value, source), ` ${names.default} `);
  }
  // As a property, an unnamed function or class gets the name that the standard gives it. A parenthesis before
  // the value is outside of its node.
  const opening = `const ${names.default}={default:`;
  EXPORT_DEFAULT.lastIndex = start;
  const words = EXPORT_DEFAULT.exec(source)?.[0] ?? 'export default';
  edits.replace(start, start + words.length, opening + words.replace(/[^\n\r\u2028\u2029]/g, ''));
  edits.insert(source[end - 1] === ';' ? end - 1 : end, `}.default${source[end - 1] === ';' ? '' : ';'}`);
}

/** Where the parameters of a function without a name begin. */
function parametersOf(value: Placed<estree.MaybeNamedFunctionDeclaration>, source: string): number {
  const comment = /\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*/y;
  for (let at = value.start; at < value.end; at++) {
    if (source[at] === '(') return at;
    comment.lastIndex = at;
    if (source[at] === '/' && comment.test(source)) at = comment.lastIndex - 1;
  }
  return value.end;
}
