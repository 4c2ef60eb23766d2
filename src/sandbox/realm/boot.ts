import { IMPORT_NAME } from '../boundary/rewritten-names.js';
import { REALM_REQUIRE } from '../boundary/loader-protocol.js';
import { ResultReporter, isBuiltin } from './result-reporter.js';
import type { IsKind } from '../boundary/object-kinds.js';
import type { Reveal } from '../boundary/object-slots.js';
import { type Inspector, createConsole } from './web/console.js';
import { guardFinalizers } from './kit/finalizers.js';
import { ClientGlobals } from './client-globals.js';
import { defineAccessor, defineConstant } from './kit/define.js';
import { restoreFunctionTexts } from './function-text.js';
import { guarded } from './kit/guard.js';
import { guardedKindCheck, guardedReveal } from './kit/guarded-kind-check.js';
import { type HostFunctions, hostFunctions } from './host-functions.js';
import type { Ask, Host, Load, Realm } from '../boundary/realm-host.js';
import type { RealmEnvironment } from './loader/environment.js';
import {
  Error,
  Symbol,
  apply,
  contains,
  defineGlobal,
  defineLazyGlobal,
  freeze,
  get,
  split,
} from './kit/primordials.js';
import type { Modules } from './require.js';
import { filterStackTraces, startsWith } from './stack-traces.js';
import { type Exports, installExports } from './loader/exports.js';
import { guardWebAssembly } from './web/web-assembly.js';
import { type Ticks, createTicks } from './web/ticks.js';
import { type RealmTimers, createTimers, installMicrotasks } from './web/timers.js';

/** The function that the bundle of `require.ts` completes to. */
type CreateModules = (ask: Ask, load: Load, environment: RealmEnvironment) => Modules;

/**
 * Installs the globals of a fresh context, before the script, and returns the runner's handle to it.
 * @param folder of the runner's program, whose frames no script sees
 */
export default function boot(unguarded: Host, webAssembly: boolean, folder: string): Realm {
  const host = guarded(unguarded);
  let ended = false;
  let made: Modules | undefined;
  // Created on first use: closures are a good part of what a context costs, and most scripts need few.
  let madeTimers: RealmTimers | undefined;
  let functions: HostFunctions | undefined;
  let exported: Exports | undefined;
  let takeEgress: ((text: string) => void) | undefined;
  let isKind: IsKind | undefined;
  let reveal: Reveal | undefined;
  let madeTicks: Ticks | undefined;
  let settled: ((ticket: number, reply: string) => void) | undefined;
  // On first use: most scripts load no module, and print only text.
  const modules = (): Modules =>
    (made ??= (host('load')(REALM_REQUIRE) as CreateModules)(host('ask'), host('load'), environment));
  const inspector = (): Inspector => modules().builtin('inspect') as Inspector;
  const reporter = new ResultReporter(host, (value) => inspector().inspect(value));

  // Node's own code is behind the edge of the context: what has its names here is the service's.
  filterStackTraces({ ownerOf: (file) => (isOfService(file, folder) ? 'service' : 'script'), showsCode });

  const globals = new ClientGlobals();
  let restartConsole: (() => void) | undefined;
  defineLazyGlobal('console', () => {
    const { console, restart } = createConsole(host, inspector);
    restartConsole = restart;
    return console;
  });
  const timers = (): RealmTimers =>
    (madeTimers ??= createTimers(host, reporter.threw, (name) => {
      const { promises } = modules().builtin('timers') as { promises: Record<string, unknown> };
      return promises[name];
    }));
  const queueMicrotask = installMicrotasks(reporter.threw);
  const environment: RealmEnvironment = {
    get timers() {
      return timers().timers;
    },
    queueMicrotask,
    get nextTick() {
      return (madeTicks ??= createTicks(host, reporter.threw)).nextTick;
    },
    write: (line) => host('console')('log', line),
    get lend() {
      return host('lend');
    },
    get now() {
      return host('now');
    },
    get isKind() {
      return (isKind ??= guardedKindCheck(unguarded.isKind));
    },
    get reveal() {
      return (reveal ??= guardedReveal(unguarded.reveal));
    },
    onSettled(take) {
      settled = take;
    },
    whenCollected: (callback) => finalizers.ours(callback),
    egress: {
      get send() {
        return host('egress');
      },
      onText(take) {
        takeEgress = take;
      },
    },
  };
  restoreFunctionTexts();
  if (webAssembly) guardWebAssembly();
  installDisposal();
  installRequire(modules, () => exported?.main());
  // Replaces `import` in the text of a script: see `rewritten-names.ts`.
  defineGlobal(IMPORT_NAME, async (specifier: unknown) => modules().import(specifier));
  const finalizers = guardFinalizers((callback, held) => {
    if (ended) return;
    try {
      callback(held);
    } catch (error) {
      reporter.threw(error);
    }
  });

  function offer(names: string | undefined, yields: boolean): void {
    reporter.streams = yields;
    if (names !== undefined) functions ??= hostFunctions(host);
    functions?.offer(names);
  }

  return freeze({
    __proto__: null,
    installGlobals: (names: string) =>
      installGlobals(names, (from) => (from === 'timers' ? timers().timers : modules().builtin(from))),
    setGlobals: (json: string, keeps: boolean) => globals.set(json, keeps),
    again(json: string, names: string | undefined, yields: boolean): void {
      reporter.next();
      restartConsole?.();
      madeTimers?.forget();
      globals.set(json, true);
      offer(names, yields);
    },
    finalizes: () => finalizers.made,
    offer,
    hostSettled(json: string): void {
      if (!ended) functions?.hostSettled(json);
    },
    invoke: reporter.invoke,
    threw: reporter.threw,
    enter(make: unknown): void {
      exported = installExports(host, reporter, modules);
      exported.enter(make);
    },
    giveExports(): void {
      exported = installExports(host, reporter, modules);
      exported.giveExports();
    },
    exported: (name: string | undefined) => exported?.exported(name),
    exportedNames: () => exported?.exportedNames() ?? '',
    isBuiltin,
    importRefusal: () => new Error('import() is not available in code created from text, such as eval()'),
    fire(timer: number): void {
      if (!ended) madeTimers?.fire(timer);
    },
    fireImmediate(): void {
      if (!ended) madeTimers?.fireImmediate();
    },
    runTicks(): void {
      if (!ended) madeTicks?.run();
    },
    settled(ticket: number, reply: string): void {
      if (ended) return;
      try {
        settled?.(ticket, reply);
      } catch (error) {
        reporter.threw(error);
      }
    },
    egress(text: string): void {
      if (ended) return;
      try {
        takeEgress?.(text);
      } catch (error) {
        reporter.threw(error);
      }
    },
    end(): void {
      ended = true;
    },
  });
}

function isOfService(file: string, folder: string): boolean {
  return startsWith(file, 'javascriptd:') || startsWith(file, 'node:') || contains(file, folder);
}

/** Errors of builtins have it, except those that Node makes in C++. */
function showsCode(error: object, top: string | undefined): boolean {
  const code = top === 'service' ? get(error, 'code') : undefined;
  return (
    typeof code === 'string' &&
    startsWith(code, 'ERR_') &&
    !startsWith(code, 'ERR_OSSL_') &&
    code !== 'ERR_INVALID_URL'
  );
}

/** Node has these symbols before its V8 does; code compiled from `using` needs them. */
function installDisposal(): void {
  for (const name of ['dispose', 'asyncDispose'] as const) {
    if (name in Symbol) continue;
    defineConstant(Symbol, name, Symbol(`Symbol.${name}`), false);
  }
}

/** A plain function, since the upstream README calls `new require("github")()`. */
function installRequire(modules: () => Modules, main: () => object | undefined): void {
  const { require } = {
    require: function (id: unknown): unknown {
      return modules().require(id as string);
    },
  };
  for (const name of ['resolve', 'cache'] as const) {
    defineAccessor(require, name, { get: () => modules().require[name] }, false, false);
  }
  defineAccessor(require, 'main', { get: () => main() ?? modules().require.main }, false, false);
  defineGlobal('require', require);
}

/** Defines globals that are created on first use: `name:builtin` for each, separated by commas. */
function installGlobals(globals: string, builtin: (name: string) => unknown): void {
  if (globals === '') return;
  const pairs = apply(split, globals, [',']);
  for (let i = 0; i < pairs.length; i++) {
    const [name = '', from = ''] = apply(split, pairs[i] as string, [':']);
    defineLazyGlobal(name, () => (builtin(from) as Record<string, unknown>)[name]);
  }
}
