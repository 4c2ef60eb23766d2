import { IMPORT_NAME } from '../boundary/import-name.js';
import { Answer, isBuiltin } from './answer.js';
import { type Inspector, createConsole } from './web/console.js';
import { guardFinalizers } from './kit/finalizers.js';
import { GivenGlobals } from './given-globals.js';
import { guarded } from './kit/guard.js';
import { type HostFunctions, hostFunctions } from './host-functions.js';
import type { Ask, Host, Load, Realm } from '../boundary/realm-host.js';
import type { RealmEnvironment } from './loader/environment.js';
import {
  Error,
  Symbol,
  apply,
  defineGlobal,
  defineLazyGlobal,
  defineProperty,
  freeze,
  split,
} from './kit/primordials.js';
import type { Modules } from './require.js';
import { type Exports, installExports } from './loader/exports.js';
import { guardWebAssembly } from './web/web-assembly.js';
import { type RealmTimers, createTimers, installMicrotasks } from './web/timers.js';

/** What the bundle of `require.ts` completes to. */
type CreateModules = (ask: Ask, load: Load, environment: RealmEnvironment) => Modules;

/** Furnishes a fresh context, before any of the script is in it, and gives the runner its handle. */
export default function boot(unguarded: Host, webAssembly: boolean): Realm {
  const host = guarded(unguarded);
  let ended = false;
  let made: Modules | undefined;
  // What most scripts do without is not even made: closures are a good part of what a context costs.
  let madeTimers: RealmTimers | undefined;
  let functions: HostFunctions | undefined;
  let exported: Exports | undefined;
  let takeEgress: ((text: string) => void) | undefined;
  let settled: ((ticket: number, reply: string) => void) | undefined;
  // On first use: most scripts need no module, and no line that is more than text.
  const modules = (): Modules =>
    (made ??= (host('load')('realm:require') as CreateModules)(host('ask'), host('load'), environment));
  const inspector = (): Inspector => modules().builtin('inspect') as Inspector;
  const answer = new Answer(host, (value) => inspector().inspect(value));

  const globals = new GivenGlobals();
  let restartConsole: (() => void) | undefined;
  defineLazyGlobal('console', () => {
    const { console, restart } = createConsole(host, inspector);
    restartConsole = restart;
    return console;
  });
  const timers = (): RealmTimers =>
    (madeTimers ??= createTimers(host, answer.threw, (name) => {
      const { promises } = modules().builtin('timers') as { promises: Record<string, unknown> };
      return promises[name];
    }));
  const queueMicrotask = installMicrotasks(answer.threw);
  const environment: RealmEnvironment = {
    get timers() {
      return timers().timers;
    },
    queueMicrotask,
    write: (line) => host('console')('log', line),
    get node() {
      return host('node');
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
  if (webAssembly) guardWebAssembly();
  installDisposal();
  installRequire(modules);
  // Named by the text of an `import()`: see `import-name.ts`.
  defineGlobal(IMPORT_NAME, async (specifier: unknown) => modules().import(specifier));
  const finalizers = guardFinalizers((callback, held) => {
    if (ended) return;
    try {
      callback(held);
    } catch (error) {
      answer.threw(error);
    }
  });

  function offer(names: string | undefined, yields: boolean): void {
    answer.streams = yields;
    if (names !== undefined) functions ??= hostFunctions(host);
    functions?.offer(names);
  }

  return freeze({
    __proto__: null,
    furnish: (names: string) =>
      furnish(names, (from) => (from === 'timers' ? timers().timers : modules().builtin(from))),
    setGlobals: (json: string, keeps: boolean) => globals.set(json, keeps),
    again(json: string, names: string | undefined, yields: boolean): void {
      answer.next();
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
    invoke: answer.invoke,
    threw: answer.threw,
    enter(make: unknown): void {
      exported = installExports(host, answer, modules);
      exported.enter(make);
    },
    giveExports(): void {
      exported = installExports(host, answer, modules);
      exported.giveExports();
    },
    exported: (name: string | undefined) => exported?.exported(name),
    isBuiltin,
    importRefusal: () => new Error('import() is not available in code made from text, as with eval()'),
    fire(timer: number): void {
      if (!ended) madeTimers?.fire(timer);
    },
    settled(ticket: number, reply: string): void {
      if (ended) return;
      try {
        settled?.(ticket, reply);
      } catch (error) {
        answer.threw(error);
      }
    },
    egress(text: string): void {
      if (ended) return;
      try {
        takeEgress?.(text);
      } catch (error) {
        answer.threw(error);
      }
    },
    end(): void {
      ended = true;
    },
  });
}

/** Node has these before its V8 does; compiled code that says `using` asks for them. */
function installDisposal(): void {
  const symbols = Symbol as unknown as Record<string, unknown>;
  for (const name of ['dispose', 'asyncDispose'] as const) {
    if (name in Symbol) continue;
    defineProperty(symbols, name, { __proto__: null, value: Symbol(`Symbol.${name}`) } as PropertyDescriptor);
  }
}

/** A plain function, since the upstream README calls `new require("github")()`. */
function installRequire(modules: () => Modules): void {
  function require(id: unknown): unknown {
    return modules().require(id as string);
  }
  for (const name of ['resolve', 'cache'] as const) {
    defineProperty(require, name, {
      __proto__: null,
      get: () => modules().require[name],
    } as PropertyDescriptor);
  }
  defineGlobal('require', require);
}

/** Globals that are made on first use: `name:builtin` for each, with commas between them. */
function furnish(globals: string, builtin: (name: string) => unknown): void {
  if (globals === '') return;
  const pairs = apply(split, globals, [',']);
  for (let i = 0; i < pairs.length; i++) {
    const [name = '', from = ''] = apply(split, pairs[i] as string, [':']);
    defineLazyGlobal(name, () => (builtin(from) as Record<string, unknown>)[name]);
  }
}
