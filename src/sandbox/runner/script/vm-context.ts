import { readFileSync } from 'node:fs';
import process from 'node:process';
import { constants, createContext, type Context, type Script } from 'node:vm';
import { compile, importModuleDynamically, onImport } from './compile.js';
import type { ConsoleLevel } from '../../boundary/console-levels.js';
import type { CallWithBytes } from '../../boundary/byte-operations.js';
import type { Unanswered } from '../../boundary/call-facts.js';
import type { ExecuteMessage, Language } from '../../boundary/messages.js';
import type { Host, Realm } from '../../boundary/realm-host.js';
import type { ModuleHost } from '../modules/index.js';
import { NodeHost } from '../native/index.js';
import { isKind } from './object-kinds.js';
import { reveal } from './object-slots.js';
import type { ResultSink, ScriptContext } from './script-context.js';
import { ALL_GLOBALS, classicScript, type CompiledScript, compiledScript } from './script-texts.js';
import { OUR_FOLDER, ownFrames } from './thrown.js';

type Boot = (host: Host, webAssembly: boolean, folder: string) => Realm;

const boot = compile(
  readFileSync(new URL('../../realm/boot.js', import.meta.url), 'utf8'),
  'javascriptd:boot',
);

/** From Node 22.8 a context can be made without the object of the host's realm that is behind a global object otherwise. */
const { DONT_CONTEXTIFY } = constants as unknown as { readonly DONT_CONTEXTIFY?: Context };

/**
 * A fresh V8 context for one execution, with its globals installed. Nothing of the host's realm is in reach inside: the
 * functions given to `boot` stay in its closures, and take and return primitives.
 */
export class VmContext implements ScriptContext<CompiledScript> {
  readonly sharesRealm = false;
  readonly realm: Realm;
  readonly #context: Context;
  readonly #timers = new Map<number, NodeJS.Timeout>();
  /** What immediates call; another function once they are dropped. */
  #turn: (() => void) | undefined;
  readonly #allow: (modules: readonly string[]) => void;
  /** Created at the first call of a native function: most scripts make none. */
  #node: NodeHost | undefined;
  shifts: CompiledScript['shifts'] = [];
  /** Set while an execution runs. */
  #sink: ResultSink | undefined;
  /** Whether the script has made a network request: its parts are numbers with a meaning in that execution only. */
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
    this.realm = makeRealm(this.#host(ask, load), webAssembly, OUR_FOLDER);
  }

  open(sink: ResultSink, modules: readonly string[], globals = ALL_GLOBALS): void {
    this.#sink = sink;
    this.#allow(modules);
    this.realm.installGlobals(globals);
    onImport(() => this.realm.importRefusal());
  }

  get isQuiet(): boolean {
    return (this.#node?.isQuiet ?? true) && !this.#requested && !this.realm.finalizes();
  }

  again(sink: ResultSink, { globals, functions, yields = false }: ExecuteMessage): void {
    this.#sink = sink;
    onImport(() => this.realm.importRefusal());
    this.realm.again(globals, functions && JSON.stringify(functions), yields);
  }

  pause(): void {
    this.#sink = undefined;
    this.#clearTimers();
  }

  compile(code: string, language: Language | undefined): CompiledScript {
    return compiledScript(code, language);
  }

  evaluate(text: string, filename: string, columnOffset = 0): () => unknown {
    const script = classicScript(text, filename, columnOffset);
    return () => this.#run(script);
  }

  run({ script }: CompiledScript): unknown {
    return this.#run(script);
  }

  enter({ script, shifts }: CompiledScript, entered: () => void): void {
    this.shifts = shifts;
    this.#entered = entered;
    this.realm.enter(this.#run(script));
  }

  get works(): boolean {
    return this.#node !== undefined && this.#node.pending > 0;
  }

  close(quiet: () => void = () => undefined): void {
    this.#sink = undefined;
    this.realm.end();
    this.#clearTimers();
    if (this.#node === undefined) quiet();
    else this.#node.close(quiet);
  }

  #clearTimers(): void {
    this.#turn = undefined;
    if (this.#timers.size === 0) return;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #run(script: Script): unknown {
    return script.runInContext(this.#context, { displayErrors: false });
  }

  #host(ask: Host['ask'], load: Host['load']): Host {
    const lend: CallWithBytes = (operation, a, b, c, d, e) => this.#nodeHost().lend(operation, a, b, c, d, e);
    return Object.freeze({
      __proto__: null,
      ask,
      load,
      lend,
      returned: (json: string) => {
        this.#sink?.returned(json);
      },
      unanswered: (by: Unanswered) => {
        this.#sink?.unanswered(by);
      },
      threw: (name: string, message: string, stack: string | undefined) => {
        this.#sink?.threw(name, message, stack);
      },
      console: (level: ConsoleLevel, line: string) => {
        this.#sink?.console(level, line);
      },
      yielded: (json: string) => {
        this.#sink?.yielded(json);
      },
      called: (ticket: number, name: string, json: string) => {
        this.#sink?.called(ticket, name, json);
      },
      egress: (text: string) => {
        const sink = this.#sink;
        if (text !== '') this.#requested = true;
        if (sink?.hasEgress !== true) return false;
        if (text !== '') sink.egress(text);
        return true;
      },
      entered: () => {
        if (this.#sink !== undefined) this.#entered?.();
      },
      setTimer: (id: number, ms: number, repeats: boolean) => {
        this.#setTimer(id, ms, repeats);
      },
      clearTimer: (id: number) => {
        this.#clearTimer(id);
      },
      requestTurn: () => {
        if (this.#sink !== undefined) setImmediate((this.#turn ??= this.#newTurn()));
      },
      isKind,
      reveal,
      requestTicks: () => {
        process.nextTick(this.#ticks);
      },
      now: () => performance.now(),
      ownFrames: (stack: string) => ownFrames(stack).replace(/^[^\n]*/, ''),
    });
  }

  #nodeHost(): NodeHost {
    return (this.#node ??= new NodeHost((ticket, reply) => {
      if (this.#sink !== undefined) this.realm.settled(ticket, reply);
    }));
  }

  readonly #ticks = (): void => this.realm.runTicks();

  readonly #fire = (id: number): void => {
    this.#timers.delete(id);
    this.realm.fire(id);
  };

  readonly #fireAgain = (id: number): void => {
    this.realm.fire(id);
  };

  #newTurn(): () => void {
    const turn = (): void => {
      if (turn === this.#turn) this.realm.fireImmediate();
    };
    return turn;
  }

  #setTimer(id: number, ms: number, repeats: boolean): void {
    if (this.#sink === undefined) return;
    const known = this.#timers.get(id);
    if (known !== undefined) known.refresh();
    else
      this.#timers.set(id, repeats ? setInterval(this.#fireAgain, ms, id) : setTimeout(this.#fire, ms, id));
  }

  #clearTimer(id: number): void {
    const timer = this.#timers.get(id);
    if (timer === undefined) return;
    clearTimeout(timer);
    this.#timers.delete(id);
  }
}
