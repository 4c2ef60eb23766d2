import { readFileSync } from 'node:fs';
import { constants, createContext, type Context, type Script } from 'node:vm';
import { compile, importModuleDynamically, onImport } from './compile.js';
import type { ConsoleLevel } from '../../boundary/console-levels.js';
import type { ExecuteMessage } from '../../boundary/messages.js';
import { type Host, IMMEDIATE, type Realm } from '../../boundary/realm-host.js';
import { ALL_GLOBALS } from './mentioned-globals.js';
import type { ModuleHost } from '../modules/index.js';
import { NodeHost } from '../native/index.js';
import type { Answers, Place } from './place.js';
import type { Language } from '../../boundary/messages.js';
import { type ScriptForm, classicScript, scriptForm } from './script-forms.js';
import { ownFrames } from './thrown.js';

type Boot = (host: Host, webAssembly: boolean) => Realm;

const boot = compile(
  readFileSync(new URL('../../realm/boot.js', import.meta.url), 'utf8'),
  'javascriptd:boot',
);

/** From Node 22.8 a context can be made without the object of the host's realm that is behind a global object otherwise. */
const { DONT_CONTEXTIFY } = constants as unknown as { readonly DONT_CONTEXTIFY?: Context };

/**
 * A fresh V8 context for one execution, furnished and ready. Nothing of the host's realm is in reach inside:
 * the functions given to `boot` stay in its closures, and take and return primitives.
 */
export class ScriptContext implements Place<ScriptForm> {
  readonly sharesRealm = false;
  readonly realm: Realm;
  readonly #context: Context;
  readonly #timers = new Map<number, NodeJS.Timeout | NodeJS.Immediate>();
  readonly #allow: (modules: readonly string[]) => void;
  readonly #node = new NodeHost((ticket, reply) => {
    if (this.#answers !== undefined) this.realm.settled(ticket, reply);
  });
  shifts: ScriptForm['shifts'] = [];
  #answers: Answers | undefined;
  /** Whether it has made a request over the network: its parts are numbers that mean something in that execution only. */
  #requested = false;
  #entered: (() => void) | undefined;

  /** @param webAssembly whether it compiles that */
  constructor(modules: ModuleHost, webAssembly = false) {
    this.#context = createContext(DONT_CONTEXTIFY ?? (Object.create(null) as Context), {
      codeGeneration: { strings: true, wasm: webAssembly },
      importModuleDynamically,
    });
    const { allow, ask, load } = modules.bind(this.#context);
    this.#allow = allow;
    const makeRealm = boot.runInContext(this.#context, { displayErrors: false }) as Boot;
    this.realm = makeRealm(this.#host(ask, load), webAssembly);
  }

  open(answers: Answers, modules: readonly string[], globals = ALL_GLOBALS): void {
    this.#answers = answers;
    this.#allow(modules);
    this.realm.installGlobals(globals);
    onImport(() => this.realm.importRefusal());
  }

  get isQuiet(): boolean {
    return this.#node.isQuiet && !this.#requested && !this.realm.finalizes();
  }

  again(answers: Answers, { globals, functions, yields = false }: ExecuteMessage): void {
    this.#answers = answers;
    onImport(() => this.realm.importRefusal());
    this.realm.again(globals, functions && JSON.stringify(functions), yields);
  }

  pause(): void {
    this.#answers = undefined;
    this.#clearTimers();
  }

  form(code: string, language: Language | undefined): ScriptForm {
    return scriptForm(code, language);
  }

  evaluate(text: string, filename: string, columnOffset = 0): () => unknown {
    const script = classicScript(text, filename, columnOffset);
    return () => this.#run(script);
  }

  run({ script }: ScriptForm): unknown {
    return this.#run(script);
  }

  enter({ script, shifts }: ScriptForm, entered: () => void): void {
    this.shifts = shifts;
    this.#entered = entered;
    this.realm.enter(this.#run(script));
  }

  get works(): boolean {
    return this.#node.pending > 0;
  }

  close(quiet: () => void = () => undefined): void {
    this.#answers = undefined;
    this.realm.end();
    this.#clearTimers();
    this.#node.close(quiet);
  }

  #clearTimers(): void {
    if (this.#timers.size === 0) return;
    for (const timer of this.#timers.values()) clear(timer);
    this.#timers.clear();
  }

  #run(script: Script): unknown {
    return script.runInContext(this.#context, { displayErrors: false });
  }

  #host(ask: Host['ask'], load: Host['load']): Host {
    return Object.freeze({
      __proto__: null,
      ask,
      load,
      node: this.#node.call,
      returned: (json: string) => {
        this.#answers?.returned(json);
      },
      threw: (name: string, message: string, stack: string | undefined) => {
        this.#answers?.threw(name, message, stack);
      },
      console: (level: ConsoleLevel, line: string) => {
        this.#answers?.console(level, line);
      },
      yielded: (json: string) => {
        this.#answers?.yielded(json);
      },
      called: (ticket: number, name: string, json: string) => {
        this.#answers?.called(ticket, name, json);
      },
      egress: (text: string) => {
        const say = this.#answers?.egress;
        if (text !== '') this.#requested = true;
        if (text !== '') say?.(text);
        return say !== undefined;
      },
      entered: () => {
        if (this.#answers !== undefined) this.#entered?.();
      },
      setTimer: (id: number, ms: number, repeats: boolean) => {
        this.#setTimer(id, ms, repeats);
      },
      clearTimer: (id: number) => {
        this.#clearTimer(id);
      },
      now: () => performance.now(),
      ownFrames: (stack: string) => ownFrames(stack).replace(/^[^\n]*/, ''),
    });
  }

  #setTimer(id: number, ms: number, repeats: boolean): void {
    if (this.#answers === undefined) return;
    this.#clearTimer(id);
    const fire = (): void => {
      if (!repeats) this.#timers.delete(id);
      this.realm.fire(id);
    };
    this.#timers.set(
      id,
      ms === IMMEDIATE ? setImmediate(fire) : repeats ? setInterval(fire, ms) : setTimeout(fire, ms),
    );
  }

  #clearTimer(id: number): void {
    const timer = this.#timers.get(id);
    if (timer === undefined) return;
    clear(timer);
    this.#timers.delete(id);
  }
}

function clear(timer: NodeJS.Timeout | NodeJS.Immediate): void {
  clearTimeout(timer as NodeJS.Timeout);
  clearImmediate(timer as NodeJS.Immediate);
}
