import type * as estree from 'estree';
import type { Names } from './names.js';

type Name = estree.Identifier | estree.Literal;

const nameOf = (node: Name): string => (node.type === 'Identifier' ? node.name : String(node.value));

/** Where a name of the module leads: a name of a request's, or with null its namespace. */
interface Binding {
  readonly request: number;
  readonly name: string | null;
}

/** What a module takes from others and gives to them. */
export class ModuleLinks {
  readonly #requests: string[] = [];
  readonly #imports: (number | string)[] = [];
  readonly #bindings = new Map<string, Binding>();
  readonly #locals: [exported: string, local: string][] = [];
  readonly #indirect: (string | number | null)[] = [];
  readonly #stars: number[] = [];
  /** Local names of namespaces that are read as values. */
  readonly #values = new Set<string>();
  hasUnnamedDefault = false;

  /**
   * Text of an expression that reads a name's binding; undefined for names that are no imports of a value.
   * @param isObject whether the expression is the object of a property access
   */
  reading(local: string, names: Names, isObject: boolean): string | undefined {
    const binding = this.#bindings.get(local);
    if (binding === undefined) return undefined;
    if (binding.name !== null) return names.imported(local) + access(binding.name);
    if (isObject) return names.members(local);
    this.#values.add(local);
    return names.namespace(local);
  }

  /** An object literal with a getter for each imported name: the scope of a direct `eval`. */
  scope(names: Names): string {
    const getters = [...this.#bindings.keys()].map(
      (local) => `get ${local}() { return ${this.reading(local, names, false)}; }`,
    );
    return `{ ${['__proto__: null', ...getters].join(', ')} }`;
  }

  imported({ source, specifiers }: estree.ImportDeclaration): void {
    const request = this.#request(source);
    for (const specifier of specifiers) {
      const name =
        specifier.type === 'ImportNamespaceSpecifier'
          ? null
          : specifier.type === 'ImportDefaultSpecifier'
            ? 'default'
            : nameOf(specifier.imported);
      this.#bindings.set(specifier.local.name, { request, name });
      if (name !== null) this.#imports.push(request, name);
    }
  }

  exportedAll({ source, exported }: estree.ExportAllDeclaration): void {
    const request = this.#request(source);
    if (exported === null) this.#stars.push(request);
    else this.#indirect.push(nameOf(exported), request, null);
  }

  exportedNames({ source, specifiers, declaration }: estree.ExportNamedDeclaration): void {
    const request = source === null || source === undefined ? undefined : this.#request(source);
    for (const { exported, local } of specifiers) {
      if (request === undefined) this.exportedLocal(nameOf(exported), nameOf(local));
      else {
        this.#indirect.push(nameOf(exported), request, nameOf(local));
        this.#imports.push(request, nameOf(local));
      }
    }
    if (declaration === null || declaration === undefined) return;
    const declared =
      declaration.type === 'VariableDeclaration'
        ? declaration.declarations.flatMap(({ id }) => namesIn(id))
        : [declaration.id.name];
    for (const name of declared) this.exportedLocal(name, name);
  }

  exportedLocal(exported: string, local: string): void {
    this.#locals.push([exported, local]);
  }

  /** The lists of {@link moduleText}, as text. */
  tables(isAsync: boolean): string {
    const indirect = [...this.#indirect];
    for (const [exported, local] of this.#locals) {
      const binding = this.#bindings.get(local);
      if (binding !== undefined) indirect.push(exported, binding.request, binding.name);
    }
    return [this.#requests, this.#imports, indirect, this.#stars, isAsync].map(literal).join(', ');
  }

  /** A statement that declares what the module reads its imports from. */
  declarations(names: Names): string {
    const { api } = names;
    const declared = [`${names.import} = ${api}.import`, `${names.meta} = ${api}.meta`];
    for (const [local, { name, request }] of this.#bindings) {
      const variable = name === null ? names.members(local) : names.imported(local);
      declared.push(`${variable} = ${api}.sources[${request}]`);
      if (this.#values.has(local)) declared.push(`${names.namespace(local)} = ${api}.namespace(${request})`);
    }
    return `const ${declared.join(', ')};`;
  }

  /** Statements at the module's beginning that report its own exports. */
  reports({ api, default: unnamed }: Names): string {
    const getters = this.#locals
      .filter(([, local]) => !this.#bindings.has(local))
      .map(([exported, local]) => `${literal(exported)}, () => ${local}`);
    const report = `${api}.exports([${getters.join(', ')}]);`;
    return this.hasUnnamedDefault ? `${report} ${api}.name(${unnamed});` : report;
  }

  #request(source: estree.Literal): number {
    const specifier = String(source.value);
    const known = this.#requests.indexOf(specifier);
    return known === -1 ? this.#requests.push(specifier) - 1 : known;
  }
}

function access(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** JSON is JavaScript, but for a text's line separators, which old engines take for line breaks. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** The names that a pattern declares. */
export function namesIn(pattern: estree.Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : namesIn(element)));
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    default:
      return [];
  }
}
