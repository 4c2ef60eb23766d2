/** What a TypeScript application sees of `javascriptd`: the declarations of the build. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const FOLDER = fileURLToPath(new URL('../../types/', import.meta.url));
const ENTRY = fileURLToPath(new URL('../../../dist/index.d.ts', import.meta.url));

/** What applications implement, and what they pass. */
const PORTS: ReadonlySet<string> = new Set([
  'EgressProvider',
  'ExecutionObserver',
  'HostLookup',
  'JavascriptdParts',
  'ModuleAllowlistProvider',
  'ProtocolObserver',
  'ProtocolOptions',
  'SandboxService',
  'SecretSource',
  'TenantPolicies',
]);

const { options, fileNames } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${FOLDER}tsconfig.json`, (path) => ts.sys.readFile(path)).config,
  ts.sys,
  FOLDER,
);
const program = ts.createProgram([...fileNames, ENTRY], options);
const checker = program.getTypeChecker();

function sourceOf(path: string): ts.SourceFile {
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`${path} is not in the program`);
  return source;
}

const entry = checker.getSymbolAtLocation(sourceOf(ENTRY));
const exported = entry === undefined ? [] : checker.getExportsOfModule(entry);

/** The symbol itself, behind imports and exports of it. */
function resolved(symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** The types of ours that a declaration mentions. */
function mentionedIn(node: ts.Node): readonly ts.Symbol[] {
  const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
  const own = symbol && resolved(symbol);
  const isType =
    ((own?.flags ?? 0) & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0;
  const isOurs = own?.declarations?.some((declaration) =>
    declaration.getSourceFile().fileName.includes('/dist/'),
  );
  const children: ts.Symbol[] = [];
  node.forEachChild((child) => void children.push(...mentionedIn(child)));
  return own !== undefined && isType && isOurs === true ? [own, ...children] : children;
}

describe('the declarations', () => {
  it('let an application use every export, and refuse what is wrong', () => {
    const problems = ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
      const line = file && ts.getLineAndCharacterOfPosition(file, start ?? 0).line + 1;
      return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(problems).toEqual([]);
  });

  it('are all used by that application', () => {
    const [application = ''] = fileNames;
    const used = new Set<string>();
    sourceOf(application).forEachChild((node) => {
      const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
      if (bindings !== undefined && ts.isNamedImports(bindings))
        for (const { name } of bindings.elements) used.add(name.text);
    });
    expect(exported.length).toBeGreaterThan(100);
    expect(exported.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });

  it('are those of what the package exports when it runs', async () => {
    const names = Object.keys(await import('../../../src/index.js'));
    const declared = new Set(exported.map(({ name }) => name));
    expect(names.filter((name) => !declared.has(name))).toEqual([]);
  });

  it('export every type that an implementation of a port meets', () => {
    const known = new Set(exported.map(resolved));
    // A set goes on to what is added while it is walked.
    const met = new Set(exported.filter(({ name }) => PORTS.has(name)).map(resolved));
    expect(met.size).toBe(PORTS.size);
    for (const symbol of met) {
      const isOpaque = (symbol.flags & ts.SymbolFlags.Class) !== 0 && !PORTS.has(symbol.name);
      const declarations = isOpaque ? [] : (symbol.declarations ?? []);
      for (const mentioned of declarations.flatMap(mentionedIn)) met.add(mentioned);
    }
    const forgotten = [...met].filter((symbol) => !known.has(symbol)).map(({ name }) => name);
    expect(forgotten.toSorted()).toEqual([]);
  });
});
