import type * as estree from 'estree';
import { namesIn } from './module-links.js';
import { parseModule } from './tree.js';

/**
 * A module that neither imports nor exports, with an export for each function and variable that it declares: it is one only
 * because it awaits, and its author takes it for a script, whose functions can be called. Any other module stays as it is.
 * @throws SyntaxError with `loc`
 */
export function withDeclarationsExported(source: string): string {
  const body = parseModule(source).body as estree.Program['body'];
  if (body.some(({ type }) => /^(?:Import|Export)/.test(type))) return source;
  const names = new Set(body.flatMap(declaredBy));
  return names.size === 0 ? source : `${source}\nexport { ${[...names].join(', ')} };`;
}

function declaredBy(statement: estree.Program['body'][number]): string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => namesIn(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return [statement.id.name];
    default:
      return [];
  }
}
