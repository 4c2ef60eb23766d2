import type { ConsoleLevel } from '../../boundary/console-levels.js';
import type { ExecuteMessage } from '../../boundary/messages.js';
import type { ProcessRealm } from '../../boundary/process-host.js';
import type { Language } from '../../boundary/messages.js';
import type { Form } from './script-forms.js';
import type { Shift } from '../syntax/index.js';

/** Where an execution's answers and console lines go. */
export interface Answers {
  returned(json: string): void;
  threw(name: string, message: string, stack: string | undefined): void;
  console(level: ConsoleLevel, line: string): void;
  /** A value that an async generator yielded, as JSON. */
  yielded(json: string): void;
  /** Calls a function of the host's; `realm.hostSettled` tells what it came to. */
  called(ticket: number, name: string, json: string): void;
  /** Of a request, see `egress/egress-frame.ts`; absent where there is no network. */
  readonly egress?: ((text: string) => void) | undefined;
}

/** Where one execution runs, furnished and ready: a context of its own, or the whole process. */
export interface Place<F extends Form = Form> {
  readonly realm: ProcessRealm;
  /** Whether errors of this program's own realm may be the script's. */
  readonly sharesRealm: boolean;
  /** How the author's text was moved. */
  readonly shifts: readonly Shift[];
  /** Whether Node works on what the script has begun, in threads of its own. */
  readonly works: boolean;
  /** There is time: makes ready what is otherwise made when a script needs it. */
  warm?(): void;
  /**
   * From now on the script of one execution runs here.
   * @param modules what it may `require`: names and patterns
   * @param globals from `mentionedGlobals`
   * @param call the name of the function that is called
   */
  open(answers: Answers, modules: readonly string[], globals?: string, call?: string): void;
  /**
   * The author's text, compiled.
   * @throws SyntaxError, RangeError of this program's realm
   */
  form(code: string, language: Language | undefined): F;
  /**
   * Compiles a classic script, to be run here.
   * @throws SyntaxError of this program's realm
   */
  evaluate(text: string, filename: string, columnOffset?: number): () => unknown;
  /** Runs a classic script to what it completes to. */
  run(form: F): unknown;
  /**
   * Runs the script as a module, and then, which may be later, calls `entered`. What it throws, or an import
   * of its, is answered.
   */
  enter(form: F, entered: () => void): void;
  /** Whether nothing of what ran here can run again by itself, once all microtasks are done: it can be kept then. */
  readonly isQuiet: boolean;
  /** The execution is answered: no timer fires, no late line counts. What else there is stays, for the next one. */
  pause(): void;
  /**
   * As {@link open}, for the next call of the script that has run here: with the globals of this one, and none of the
   * last one's.
   * @throws what it throws on builtins that the script has changed beyond use
   */
  again(answers: Answers, message: ExecuteMessage): void;
  /**
   * Nothing of the script runs any more: no timer fires, no late line counts.
   * @param quiet called when nothing that it began is under way in Node either, and another place can be made
   */
  close(quiet?: () => void): void;
}
