/**
 * The runner: the program of the process that scripts run in. The gateway starts it (`pool/launch.ts`),
 * speaks to it on fd 3, gives it one execution at a time, and kills it at a deadline that this side never sees.
 */
import { fileURLToPath } from 'node:url';
import { levelDigit } from './console-levels.js';
import { ConsoleBudget } from './console-budget.js';
import { type Answers, ScriptContext } from './context.js';
import { check, execute, executeAgain } from './execute.js';
import { KeptContexts } from './kept-contexts.js';
import { KeptScripts } from './kept-scripts.js';
import { parseRunnersEgress } from './egress/egress-frame.js';
import { lockdown } from './lockdown.js';
import {
  type ExecutionLimits,
  type ExecuteMessage,
  FROM_RUNNER,
  type KeepMessage,
  type Preparation,
  type ScriptTexts,
  TO_RUNNER,
  excessOf,
  parseExecute,
} from './messages.js';
import { mentionedGlobals } from './mentioned-globals.js';
import { ModuleHost } from './modules/index.js';
import { Pipe } from './pipe.js';
import type { ScriptEntry, Verdicts } from './script-entry.js';
import { describeThrown } from './thrown.js';

if (process.argv[1] !== fileURLToPath(import.meta.url))
  throw new Error('the runner is a program, not a module');
lockdown();

const pipe = new Pipe();
let modules = new ModuleHost([]);
let limits: ExecutionLimits = { maxResultBytes: 0, maxDepth: 0, maxConsoleLines: 0, maxConsoleBytes: 0 };
let next: ScriptContext | undefined;
let current: ScriptContext | undefined;
const scripts = new KeptScripts();
const contexts = new KeptContexts();

pipe.listen(({ kind, text }) => {
  if (kind === TO_RUNNER.execute) return run(parseExecute(text, scripts.of));
  if (kind === TO_RUNNER.settled) return current?.realm.hostSettled(text);
  if (kind === TO_RUNNER.keep) return keep(JSON.parse(text) as KeepMessage);
  if (kind === TO_RUNNER.compile) return compile(JSON.parse(text) as ScriptTexts);
  if (kind === TO_RUNNER.egress) return current?.realm.egress(text);
  const preparation = JSON.parse(text) as Preparation;
  modules = new ModuleHost(preparation.packages);
  ({ limits } = preparation);
  next = new ScriptContext(modules);
  pipe.send(FROM_RUNNER.ready, '');
});

// An error that reached nobody belongs to the script that runs. One of this realm, or while none runs, is a
// fault of ours: this process is not to be trusted further.
process.on('uncaughtException', (error: unknown) => {
  if (current === undefined || error instanceof Error) process.exit(1);
  current.realm.threw(error);
});
process.on('unhandledRejection', (reason) => current?.realm.threw(reason));

function keep(message: KeepMessage): void {
  for (const script of message.forget) {
    scripts.forget(script);
    contexts.drop(script);
  }
  scripts.keep(message);
}

function compile(texts: ScriptTexts): void {
  const compiles = check(texts, (thrown) => pipe.send(FROM_RUNNER.threw, JSON.stringify(thrown)));
  if (compiles) pipe.send(FROM_RUNNER.returned, 'null');
  pipe.send(FROM_RUNNER.idle, '');
}

function run(message: ExecuteMessage): void {
  const kept = contexts.take(message);
  const context = kept?.context ?? next ?? new ScriptContext(modules);
  let entry = kept?.entry;
  if (context === next) next = undefined;
  current = context;
  const bounds = message.limits ?? limits;
  const budget = new ConsoleBudget(bounds.maxConsoleLines, bounds.maxConsoleBytes);
  const answer = (kind: number, body: string): void => {
    if (current !== context) return;
    current = undefined;
    if (message.reuse === true) {
      context.pause();
      setImmediate(() => settleDown(message, context, entry));
    } else context.close(() => setImmediate(rest));
    pipe.send(kind, body);
  };
  const answers: Answers = {
    returned(json) {
      const excess = excessOf(json, bounds);
      if (excess === undefined) answer(FROM_RUNNER.returned, json);
      else answer(FROM_RUNNER.exhausted, excess);
    },
    threw: (...thrown) =>
      answer(FROM_RUNNER.threw, JSON.stringify(describeThrown(...thrown, context.shifts))),
    console(level, line) {
      const verdict = budget.take(line);
      if (verdict === 'kept') pipe.send(FROM_RUNNER.console, levelDigit(level) + line);
      else if (verdict === 'cut') pipe.send(FROM_RUNNER.consoleCut, '');
    },
    yielded(json) {
      const excess = excessOf(json, bounds);
      if (excess === undefined) pipe.send(FROM_RUNNER.yielded, json);
      else answer(FROM_RUNNER.exhausted, excess);
    },
    called(ticket, name, json) {
      const excess = excessOf(json, bounds);
      if (excess === undefined) pipe.send(FROM_RUNNER.called, `${ticket}\n${name}\n${json}`);
      else answer(FROM_RUNNER.exhausted, excess);
    },
    egress: message.egress === true ? sayEgress : undefined,
  };
  const verdicts: Verdicts = {
    missing: () => answer(FROM_RUNNER.missing, ''),
    invalid: (thrown) => answer(FROM_RUNNER.threw, JSON.stringify(thrown)),
  };
  if (entry === undefined) {
    context.open(answers, message.modules, mentionedGlobals(message.code, message.caller));
    entry = execute(context, message, verdicts);
  } else {
    context.resume(answers);
    executeAgain(context, entry, message, verdicts);
  }
  if (current !== context) return;
  // In the next turn all microtasks are done. A script that never lets it come is not waiting, but running; so is one
  // that Node's threads work for.
  setImmediate(() => {
    if (current === context && !context.works) pipe.send(FROM_RUNNER.waiting, '');
  });
}

/** All microtasks are done: what could run again by itself is not kept. */
function settleDown(message: ExecuteMessage, context: ScriptContext, entry: ScriptEntry | undefined): void {
  if (entry?.called !== true || !context.isQuiet) return context.close(rest);
  contexts.put(message, context, entry);
  rest();
}

/** What a script has made of its realm must not have the gateway take this runner for a liar. */
function sayEgress(text: string): void {
  if (parseRunnersEgress(text) !== undefined) pipe.send(FROM_RUNNER.egress, text);
}

/** Makes the next context while nobody waits for it. Where this never comes, the gateway replaces the process. */
function rest(): void {
  next ??= new ScriptContext(modules);
  pipe.send(FROM_RUNNER.idle, '');
}
