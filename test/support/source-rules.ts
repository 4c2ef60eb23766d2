import { ROOMS, roomOf } from '../../build/rooms.mjs';
import { targetsOf, type Import, type SourceFile, type SourceGraph } from './source-graph.js';

/** Says what is wrong in a graph, one line for each violation. */
export type Rule = (graph: SourceGraph) => readonly string[];

const TRUST_LEVELS: ReadonlySet<string> = new Set(['protocol', 'auth', 'sandbox']);
const HTTP_KNOWS: ReadonlySet<string> = new Set([
  'protocol',
  'auth',
  'runtime',
  'json-text',
  'memory-budget',
]);
const NEST_ROLES =
  /\.(?:module|service|gateway|guard|pipe|filter|adapter|provider|dto|decorator|controller)\.ts$/;
const NEST_PACKAGES = /^(?:@nestjs\/|rxjs(?:$|\/)|reflect-metadata$)/;
/** They put Nest and the features together. */
const COMPOSITION: ReadonlySet<string> = new Set(['main.ts', 'compose.ts']);
/** The commands of the binary put features together, too. */
const COMMANDS = 'cli/commands/';
const RUNNER = 'sandbox/runner/';
const REALM = 'sandbox/realm/';
/** Bundled whole, with the packages that they import. */
const BOUNDARY = 'sandbox/boundary/';
const BUNDLED = [REALM, `${RUNNER}syntax/`];
const isBundled = (path: string): boolean => BUNDLED.some((folder) => path.startsWith(folder));
const MAX_LINES = 300;

/** The feature that a file belongs to; `undefined` for a root file. */
function featureOf(path: string): string | undefined {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined;
}

function eachImport(
  graph: SourceGraph,
  isWrong: (file: SourceFile, imported: Import, target: string | undefined) => boolean,
): readonly string[] {
  return [...graph.values()].flatMap((file) =>
    file.imports
      .filter((imported) => isWrong(file, imported, imported.target))
      .map(({ specifier }) => `${file.path} imports ${specifier}`),
  );
}

/** Each relative import leads to a file: else the other rules would see less than there is. */
export const importsAreThere: Rule = (graph) =>
  eachImport(
    graph,
    (_, __, target) => target !== undefined && !graph.has(target) && !graph.has(declared(target)),
  );

function declared(target: string): string {
  return target.replace(/\.ts$/, '.d.ts');
}

/** R0: each room imports the rooms of its row, and no row allows what no file needs. */
export const roomsKeepTheirRows: Rule = (graph) => {
  const unused = new Set(
    ROOMS.flatMap(({ path, imports }) =>
      imports === 'every room' ? [] : imports.map((other) => `${path} may import ${other}, and does not`),
    ),
  );
  const wrong = eachImport(graph, ({ path }, _, target) => {
    if (target === undefined) return false;
    const [from, to] = [roomOf(path), roomOf(target)];
    if (from === to || from.imports === 'every room') return false;
    unused.delete(`${from.path} may import ${to.path}, and does not`);
    return !from.imports.includes(to.path);
  });
  const isWhole = ROOMS.every(
    ({ path }) => path === '' || [...graph.keys()].some((file) => file.startsWith(path)),
  );
  return isWhole ? [...wrong, ...unused] : wrong;
};

/** R1: what they need of the composition arrives by injection. */
export const featuresKnowNoRoot: Rule = (graph) =>
  eachImport(
    graph,
    ({ path }, _, target) =>
      featureOf(path) !== undefined &&
      !path.startsWith(COMMANDS) &&
      target !== undefined &&
      (featureOf(target) === undefined || target.startsWith(COMMANDS)),
  );

/** R2: wire, door, danger and network do not know each other; runtime joins them, and the composition. */
export const trustLevelsAreApart: Rule = (graph) =>
  eachImport(graph, ({ path }, _, target) => {
    const [from, to] = [featureOf(path) ?? '', target === undefined ? undefined : featureOf(target)];
    return (
      TRUST_LEVELS.has(from) && to !== undefined && to !== from && (TRUST_LEVELS.has(to) || to === 'runtime')
    );
  });

/** R2, second half: HTTP is one more door to the use case, which knows none of its doors. */
export const httpIsADoor: Rule = (graph) =>
  eachImport(graph, ({ path }, _, target) => {
    const [from, to] = [featureOf(path), target === undefined ? undefined : featureOf(target)];
    if (to === undefined || from === undefined || from === to) return false;
    return to === 'http' || (from === 'http' && !HTTP_KNOWS.has(to));
  });

/** R3: a feature is entered by its door, or by its errors, which load nothing. */
export const featuresHaveDoors: Rule = (graph) =>
  eachImport(graph, ({ path }, _, target) => {
    const to = target === undefined ? undefined : featureOf(target);
    return (
      to !== undefined &&
      to !== featureOf(path) &&
      !(featureOf(path) === undefined && target?.startsWith(COMMANDS) === true) &&
      target !== `${to}/index.ts` &&
      target !== `${to}/errors.ts`
    );
  });

/** R4: the file's name says whether Nest is allowed in it. */
export const nestHasASuffix: Rule = (graph) =>
  eachImport(
    graph,
    ({ path }, { specifier }) =>
      NEST_PACKAGES.test(specifier) &&
      !NEST_ROLES.test(path) &&
      !COMPOSITION.has(path) &&
      !path.startsWith(COMMANDS),
  );

/**
 * R5, first half: the program in the hostile process is Node, the boundary and itself, and nobody else loads any of it or of
 * the realm: code of the gateway that ran there would be judged by what a script has made of its process.
 */
export const runnerIsAlone: Rule = (graph) =>
  eachImport(graph, ({ path }, { specifier }, target) => {
    if (!path.startsWith(RUNNER))
      return target !== undefined && target.startsWith(RUNNER) && !path.startsWith(RUNNER);
    if (isBundled(path) || specifier.startsWith('node:')) return false;
    return target === undefined || !(target.startsWith(RUNNER) || target.startsWith(BOUNDARY));
  });

/**
 * R5, second half: what is bundled, for the inside of a context or to parse modules, loads nothing of Node, however
 * indirectly, and nothing of ours but the boundary and itself. The boundary, which the gateway runs, too, loads nothing at
 * all. npm packages are ports and parsers, which the bundle carries whole.
 */
export const realmIsPure: Rule = (graph) =>
  [...graph.values()]
    .filter(({ path }) => isBundled(path) || path.startsWith(BOUNDARY))
    .flatMap((entry) =>
      [...loadedFrom(entry, graph)].flatMap((file) =>
        file.imports
          .filter(
            ({ erased, specifier, target }) =>
              !erased &&
              (specifier.startsWith('node:') || !isAllowed(entry.path, file.path, specifier, target)),
          )
          .map(({ specifier }) =>
            file === entry
              ? `${entry.path} imports ${specifier}`
              : `${entry.path} loads ${file.path}, which imports ${specifier}`,
          ),
      ),
    );

function isAllowed(entry: string, path: string, specifier: string, target: string | undefined): boolean {
  if (path.startsWith(BOUNDARY)) return target?.startsWith(BOUNDARY) === true;
  if (target === undefined) return !specifier.startsWith('.');
  const own = entry.startsWith(REALM) ? REALM : `${RUNNER}syntax/`;
  return target.startsWith(own) || target.startsWith(BOUNDARY);
}

function loadedFrom(entry: SourceFile, graph: SourceGraph): ReadonlySet<SourceFile> {
  // A set goes on to what is added while it is walked.
  const loaded = new Set([entry]);
  for (const file of loaded) for (const target of targetsOf(file, graph, true)) loaded.add(target);
  return loaded;
}

const CLIENT = 'client/';
const NODE_DOOR: ReadonlySet<string> = new Set([`${CLIENT}index.ts`, `${CLIENT}node-socket.ts`]);

/**
 * R7: the client is on its own, since applications load it: nothing of ours but itself, no package but `ws`, nothing
 * of Node by name; and what the browsers' door loads has nothing of Node's either.
 */
export const clientIsAlone: Rule = (graph) =>
  eachImport(graph, ({ path }, { specifier }, target) => {
    if (!path.startsWith(CLIENT)) return false;
    if (target === undefined) return specifier !== 'ws' || path !== `${CLIENT}node-socket.ts`;
    return !target.startsWith(CLIENT) || (NODE_DOOR.has(target) && !NODE_DOOR.has(path));
  });

/** The environment of a runner has nothing but the time zone and the locale. */
const TIME_ZONE = 'sandbox/runner/script/time-zone.ts';

/** R6: settings come from `config`, so that everything a process depends on is in its table. */
export const environmentIsRead: Rule = (graph) => [
  ...[...graph.values()]
    .filter(
      ({ path, readsEnvironment }) => readsEnvironment && featureOf(path) !== 'config' && path !== TIME_ZONE,
    )
    .map(({ path }) => `${path} reads process.env`),
  ...[...graph.values()]
    .filter(({ text }) => text.includes('NODE_ENV'))
    .map(({ path }) => `${path} mentions NODE_ENV`),
];

/** R6: erased imports count, too: two files that cannot be read apart are one. */
export const importsHaveNoCycle: Rule = (graph) => {
  const done = new Set<SourceFile>();
  const cycles: string[] = [];
  const walk = (file: SourceFile, trail: readonly SourceFile[]): void => {
    const start = trail.indexOf(file);
    if (start !== -1) {
      cycles.push([...trail.slice(start), file].map(({ path }) => path).join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const target of targetsOf(file, graph, false)) walk(target, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.values()) walk(file, []);
  return cycles;
};

/** R6: names are exported under their own name; the bundler wants the default export of a realm's file. */
export const exportsHaveNames: Rule = (graph) =>
  [...graph.values()].flatMap(({ path, oddities }) =>
    oddities
      .filter((oddity) => oddity !== 'a default export' || !path.startsWith(REALM))
      .map((oddity) => `${path} has ${oddity}`),
  );

/** R6: a file does one thing. `long` gives those that are longer, and why. */
export function filesAreShort(long: Readonly<Record<string, string>>): Rule {
  return (graph) => [
    ...[...graph.values()].flatMap(({ path, text }) => {
      const lines = text.split('\n').length - 1;
      return lines > MAX_LINES && !Object.hasOwn(long, path) ? [`${path} has ${lines} lines`] : [];
    }),
    ...Object.keys(long)
      .filter((path) => (graph.get(path)?.text.split('\n').length ?? 0) - 1 <= MAX_LINES)
      .map((path) => `${path} needs no exception any more`),
  ];
}
