import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** As it is written. */
  readonly specifier: string;
  /** The imported file as a path in the graph, whether it is there or not; `undefined` for a package. */
  readonly target: string | undefined;
  /** Nothing of it is left at run time. */
  readonly erased: boolean;
}

/** What the rules ask about one file; its path is relative to `src`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Things that our style has none of, in words: a default export, an enum, a namespace. */
  readonly oddities: readonly string[];
  readonly readsEnvironment: boolean;
}

export type SourceGraph = ReadonlyMap<string, SourceFile>;

/** The graph of a folder's TypeScript files, declaration files aside. */
export function readGraph(folder: string): SourceGraph {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
  return graphOf(Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')])));
}

/** The graph of texts by their paths. */
export function graphOf(texts: Readonly<Record<string, string>>): SourceGraph {
  return new Map(Object.entries(texts).map(([path, text]) => [path, parse(path, text)]));
}

/** The files that an import of this one loads, or every file that it names. */
export function targetsOf(file: SourceFile, graph: SourceGraph, loadedOnly: boolean): readonly SourceFile[] {
  return file.imports.flatMap(({ target, erased }) => {
    const found = target === undefined ? undefined : graph.get(target);
    return found === undefined || (loadedOnly && erased) ? [] : [found];
  });
}

function parse(path: string, text: string): SourceFile {
  const imports: Import[] = [];
  const oddities: string[] = [];
  let readsEnvironment = false;
  const visit = (node: ts.Node): void => {
    const imported = importOf(node);
    if (imported !== undefined) {
      const { specifier } = imported;
      const target = specifier.startsWith('.')
        ? posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
        : undefined;
      imports.push({ ...imported, target });
    }
    const oddity = oddityOf(node);
    if (oddity !== undefined) oddities.push(oddity);
    readsEnvironment ||= isEnvironment(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return { path, text, imports, oddities, readsEnvironment };
}

function importOf(node: ts.Node): Omit<Import, 'target'> | undefined {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, isErasedImport(node.importClause));
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const { exportClause } = node;
    const erased =
      node.isTypeOnly ||
      (exportClause !== undefined && ts.isNamedExports(exportClause) && allErased(exportClause.elements));
    return named(node.moduleSpecifier, erased);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return named(node.arguments[0], false);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return named(node.argument.literal, true);
  return undefined;
}

function named(specifier: ts.Node | undefined, erased: boolean): Omit<Import, 'target'> | undefined {
  return specifier !== undefined && ts.isStringLiteralLike(specifier)
    ? { specifier: specifier.text, erased }
    : undefined;
}

/** With no clause it is `import 'x'`, which is for what loading does. */
function isErasedImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    allErased(namedBindings.elements)
  );
}

function allErased(elements: readonly { readonly isTypeOnly: boolean }[]): boolean {
  return elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
}

function oddityOf(node: ts.Node): string | undefined {
  if (ts.isExportAssignment(node)) return 'a default export';
  if (ts.isExportSpecifier(node) && node.name.text === 'default') return 'a default export';
  if (ts.canHaveModifiers(node)) {
    const isDefault = ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    if (isDefault === true) return 'a default export';
  }
  if (ts.isEnumDeclaration(node)) return 'an enum';
  if (ts.isModuleDeclaration(node)) return 'a namespace';
  return undefined;
}

/** `process.env`, `process['env']`, `{ env } = process`, `import { env } from 'node:process'`. */
function isEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === 'env';
  if (ts.isElementAccessExpression(node)) {
    const { expression, argumentExpression } = node;
    return (
      isProcess(expression) && ts.isStringLiteralLike(argumentExpression) && argumentExpression.text === 'env'
    );
  }
  if (ts.isVariableDeclaration(node)) {
    const { name, initializer } = node;
    return (
      initializer !== undefined &&
      isProcess(initializer) &&
      ts.isObjectBindingPattern(name) &&
      name.elements.some((element) => (element.propertyName ?? element.name).getText() === 'env')
    );
  }
  if (ts.isImportSpecifier(node)) {
    const from = node.parent.parent.parent.moduleSpecifier;
    return (
      ts.isStringLiteralLike(from) &&
      /^(?:node:)?process$/.test(from.text) &&
      (node.propertyName ?? node.name).text === 'env'
    );
  }
  return false;
}

function isProcess(node: ts.Node): boolean {
  return (
    (ts.isIdentifier(node) && node.text === 'process') ||
    (ts.isPropertyAccessExpression(node) && node.getText() === 'globalThis.process')
  );
}
