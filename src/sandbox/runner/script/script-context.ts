import type { AllowlistSource } from '../../boundary/allowlist.js';
import type { ConsoleLevel } from '../../boundary/console-levels.js';
import type { Unanswered } from '../../boundary/call-facts.js';
import type { ExecuteMessage, Language } from '../../boundary/messages.js';
import type { ProcessRealm } from '../../boundary/process-host.js';
import type { Shift } from '../syntax/index.js';
import type { ScriptFormat } from './script-format.js';

/** Gets the results of one execution: its answer, and what it gives before that. */
export interface ResultSink {
  returned(json: string): void;
  unanswered(by: Unanswered): void;
  /** The first load of a package in this process begins, or has ended. */
  loading(begins: boolean): void;
  threw(name: string, message: string, stack: string | undefined): void;
  console(level: ConsoleLevel, line: string): void;
  /** A value that an async generator yielded, as JSON. */
  yielded(json: string): void;
  /** Calls a host function; `realm.hostSettled` gets its result. */
  called(ticket: number, name: string, json: string): void;
  /** Whether the script may make requests. */
  readonly hasEgress: boolean;
  /** A frame about a request: see `boundary/egress/egress-frame.ts`. */
  egress(text: string): void;
}

/** Where one execution runs, ready for its script: a VM context of its own, or the whole process. */
export interface ScriptContext<S extends ScriptFormat = ScriptFormat> {
  readonly realm: ProcessRealm;
  /** Whether errors of this program's own realm may be the script's. */
  readonly sharesRealm: boolean;
  /** How the author's text was moved. */
  readonly shifts: readonly Shift[];
  /** Whether Node works for the script in threads of its own. */
  readonly works: boolean;
  /** There is time: prepares what is otherwise prepared when a script needs it. */
  warm?(): void;
  /**
   * From now on the script of one execution runs here.
   * @param modules what it may `require`: names and patterns
   * @param globals from `mentionedGlobals`
   * @param call the name of the function that is called
   */
  open(
    sink: ResultSink,
    modules: readonly string[],
    globals?: string,
    call?: string,
    modulesFrom?: AllowlistSource,
  ): void;
  /**
   * Compiles the author's text.
   * @throws SyntaxError, RangeError of this program's realm
   */
  compile(code: string, language: Language | undefined): S;
  /**
   * Compiles a classic script, to be run here.
   * @throws SyntaxError of this program's realm
   */
  evaluate(text: string, filename: string, columnOffset?: number): () => unknown;
  /** Runs a classic script, and returns its completion value. */
  run(script: S): unknown;
  /**
   * Runs the script as a module, and then, maybe later, calls `entered`. What the module or one of its imports throws is
   * the answer.
   */
  enter(script: S, entered: () => void): void;
  /** Whether nothing that ran here can run again by itself, once all microtasks are done: then the context can be kept. */
  readonly isQuiet: boolean;
  /** The execution is answered: no timer fires, and late console lines are dropped. All else stays for the next call. */
  pause(): void;
  /**
   * Like {@link open}, for the next call of the script that has run here: with new globals, and none of the last call's.
   * @throws what it throws on builtins that the script has changed beyond use
   */
  again(sink: ResultSink, message: ExecuteMessage): void;
  /**
   * Nothing of the script runs any more: no timer fires, and late console lines are dropped.
   * @param quiet called when none of its work is under way in Node either, and another context can be created
   */
  close(quiet?: () => void): void;
}
