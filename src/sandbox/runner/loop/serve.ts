import process from 'node:process';
import { setImmediate } from 'node:timers';
import {
  MAX_FUNCTION_NAME,
  MAX_FUNCTION_NAMES,
  UNANSWERED,
  type Unanswered,
} from '../../boundary/call-facts.js';
import { type ConsoleLevel, levelDigit } from '../../boundary/console-levels.js';
import { EGRESS_TEXT_BYTES, egressText, parseRunnersEgress } from '../../boundary/egress/egress-frame.js';
import type { Frame } from '../../boundary/frames.js';
import {
  type CompileMessage,
  type ExecuteMessage,
  FROM_RUNNER,
  type KeepMessage,
  type Preparation,
  type Thrown,
  TO_RUNNER,
  parseExecute,
} from '../../boundary/messages.js';
import { ConsoleBudget, excessOf, isLonger, type OutputLimits } from '../../boundary/output-limits.js';
import { check, execute, executeAgain, type LoadedScript, type ScriptCallbacks } from '../script/execute.js';
import { KeptScripts } from '../script/kept-scripts.js';
import type { ResultSink, ScriptContext } from '../script/script-context.js';
import { useTimeZone } from '../script/time-zone.js';
import { mentionedGlobals } from '../script/script-texts.js';
import { describeThrown } from '../script/thrown.js';
import { inertJson } from './inert-json.js';
import { type OnFrame, Pipe, exit } from './pipe.js';

/** Made before a script, which may replace `JSON.stringify`. */
const TOO_LONG = JSON.stringify({
  code: 'ERR_EGRESS_INVALID_REQUEST',
  message: 'the URL and headers of a request are too long',
});

const pipe = new Pipe();
let createContext: () => ScriptContext;
let limits: OutputLimits;
/** Created before its script comes. */
let next: ScriptContext | undefined;
let current: CurrentExecution | undefined;
const scripts = new KeptScripts();

/**
 * The runner's side of the pipe: runs one execution at a time, until the gateway ends the process.
 * @param contextsOf returns what creates the context of each execution
 */
export function serve(
  contextsOf: (preparation: Preparation) => () => ScriptContext,
  listen: (onFrame: OnFrame) => void,
): void {
  const onFrame = ({ kind, text }: Frame): void => {
    if (kind === TO_RUNNER.execute) return run(parseExecute(text, scripts.of));
    if (kind === TO_RUNNER.settled) return current?.context.realm.hostSettled(text);
    if (kind === TO_RUNNER.keep) return scripts.keep(JSON.parse(text) as KeepMessage);
    if (kind === TO_RUNNER.compile) return compile(JSON.parse(text) as CompileMessage);
    if (kind === TO_RUNNER.egress) return current?.context.realm.egress(text);
    if (kind === TO_RUNNER.warm) return next?.warm?.();
    const preparation = JSON.parse(text) as Preparation;
    createContext = contextsOf(preparation);
    ({ limits } = preparation);
    next = createContext();
    pipe.send(FROM_RUNNER.ready, '');
  };
  listen((frame) => {
    onFrame(frame);
    return current !== undefined;
  });

  // An error that reached nobody belongs to the script that runs. One of this program's own realm, where that is not the
  // script's, or while no script runs, is our fault: this process is not to be trusted further.
  process.on('uncaughtException', (error: unknown) => {
    if (current === undefined || (error instanceof Error && !current.context.sharesRealm)) exit(1);
    else current.context.realm.threw(error);
  });
  process.on('unhandledRejection', (reason) => current?.context.realm.threw(reason));
}

function compile({ script, forget = [], ...texts }: CompileMessage): void {
  if (script !== undefined) scripts.keep({ ...texts, script, forget });
  const invalid = (thrown: Thrown): void => pipe.send(FROM_RUNNER.threw, inertJson(thrown));
  if (check((next ??= createContext()), texts, { invalid })) pipe.send(FROM_RUNNER.returned, 'null');
  pipe.send(FROM_RUNNER.idle, '');
}

function run(message: ExecuteMessage): void {
  useTimeZone(message.timeZone);
  const kept = message.reuse === true ? scripts.takeContext(message) : undefined;
  const context = kept?.context ?? next ?? createContext();
  if (context === next) next = undefined;
  const execution = new CurrentExecution(message, context);
  current = execution;
  if (kept === undefined) {
    context.open(execution, message.modules, mentionedGlobals(message.code, message.caller), message.call);
    execution.loaded = execute(context, message, execution);
  } else {
    execution.loaded = kept.loaded;
    executeAgain(context, kept.loaded, message, execution);
  }
  if (current !== execution) return;
  // All microtasks are done by the next turn. A script that never lets it come is not waiting, but running; so is one that
  // Node's threads work for.
  setImmediate(() => {
    if (current === execution && !context.works) pipe.send(FROM_RUNNER.waiting, '');
  });
}

/** One execution: sends its output and its first answer to the gateway, within the limits. */
class CurrentExecution implements ResultSink, ScriptCallbacks {
  /** Set once the code has run. */
  loaded: LoadedScript | undefined;
  readonly #limits: OutputLimits;
  readonly #console: ConsoleBudget;
  #isUnanswered = false;

  constructor(
    readonly message: ExecuteMessage,
    readonly context: ScriptContext,
  ) {
    this.#limits = message.limits ?? limits;
    this.#console = new ConsoleBudget(this.#limits.maxConsoleLines, this.#limits.maxConsoleBytes);
  }

  get hasEgress(): boolean {
    return this.message.egress === true;
  }

  returned(json: string): void {
    if (this.#fits(json)) this.#answer(FROM_RUNNER.returned, json);
  }

  threw(name: string, message: string, stack: string | undefined): void {
    this.invalid(describeThrown(name, message, stack, this.context.shifts));
  }

  invalid(thrown: Thrown): void {
    this.#answer(FROM_RUNNER.threw, inertJson(thrown));
  }

  missing(functions: readonly string[]): void {
    const names = functions.slice(0, MAX_FUNCTION_NAMES).map((name) => name.slice(0, MAX_FUNCTION_NAME));
    this.#answer(FROM_RUNNER.missing, inertJson(names));
  }

  unanswered(by: Unanswered): void {
    if (this.#isUnanswered || !UNANSWERED.includes(by)) return;
    this.#isUnanswered = true;
    pipe.send(FROM_RUNNER.unanswered, by);
  }

  console(level: ConsoleLevel, line: string): void {
    const verdict = this.#console.take(line);
    if (verdict === 'kept') pipe.send(FROM_RUNNER.console, levelDigit(level) + line);
    else if (verdict === 'cut') pipe.send(FROM_RUNNER.consoleCut, '');
  }

  yielded(json: string): void {
    if (this.#fits(json)) pipe.send(FROM_RUNNER.yielded, json);
  }

  called(ticket: number, name: string, json: string): void {
    if (this.#fits(json)) pipe.send(FROM_RUNNER.called, `${ticket}\n${name}\n${json}`);
  }

  /**
   * The frame is checked here too, though the gateway checks it: a script may replace functions that the realm makes frames
   * with (`JSON.stringify`, `String.fromCharCode`, `Array.prototype.push`), and must not make the gateway take this runner
   * for one that violates the protocol.
   */
  egress(text: string): void {
    const frame = parseRunnersEgress(text);
    if (frame === undefined) return;
    if (!isLonger(text, EGRESS_TEXT_BYTES)) return pipe.send(FROM_RUNNER.egress, text);
    // Delivered in a later turn, like every message of the gateway.
    const fault = egressText('fault', frame.id, TOO_LONG);
    setImmediate(() => {
      if (current === this) this.context.realm.egress(fault);
    });
  }

  #fits(json: string): boolean {
    const excess = excessOf(json, this.#limits);
    if (excess !== undefined) this.#answer(FROM_RUNNER.exhausted, excess);
    return excess === undefined;
  }

  /** Only the first answer counts. */
  #answer(kind: number, body: string): void {
    if (current !== this) return;
    current = undefined;
    const { context } = this;
    if (this.message.reuse === true) {
      context.pause();
      setImmediate(() => this.#settleDown());
    } else context.close(() => setImmediate(rest));
    pipe.send(kind, body);
  }

  /** All microtasks are done: a context is kept only if nothing in it can run again by itself. */
  #settleDown(): void {
    const { message, context, loaded } = this;
    if (loaded?.called !== true || !context.isQuiet) return context.close(rest);
    scripts.putContext(message, context, loaded);
    rest();
  }
}

/**
 * The last script is over. The next one may be on its way while its context is created; a runner that never sends this message
 * is replaced by the gateway.
 */
function rest(): void {
  pipe.send(FROM_RUNNER.idle, '');
  next ??= createContext();
}
