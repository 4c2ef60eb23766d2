import process from 'node:process';
import { setImmediate } from 'node:timers';
import { levelDigit } from '../../boundary/console-levels.js';
import { ConsoleBudget } from '../../boundary/console-budget.js';
import { EGRESS_TEXT_BYTES, egressText, parseRunnersEgress } from '../../boundary/egress/egress-frame.js';
import { check, execute, executeAgain } from '../script/execute.js';
import { KeptContexts } from '../script/kept-contexts.js';
import type { Frame } from '../../boundary/frames.js';
import { KeptScripts } from '../script/kept-scripts.js';
import type { Take } from './listen.js';
import {
  type ExecuteMessage,
  type ExecutionLimits,
  FROM_RUNNER,
  type KeepMessage,
  type Preparation,
  type ScriptTexts,
  TO_RUNNER,
  excessOf,
  isLonger,
  parseExecute,
} from '../../boundary/messages.js';
import { mentionedGlobals } from '../script/mentioned-globals.js';
import { Pipe, exit } from './pipe.js';
import type { Answers, Place } from '../script/place.js';
import type { ScriptEntry, Verdicts } from '../script/script-entry.js';
import { describeThrown } from '../script/thrown.js';

/** Made before a script, which may replace `JSON.stringify`. */
const TOO_LONG = JSON.stringify({
  code: 'ERR_EGRESS_INVALID_REQUEST',
  message: 'the URL and headers of a request are too long',
});

const pipe = new Pipe();
let makePlace: () => Place;
let limits: ExecutionLimits;
let next: Place | undefined;
let current: Place | undefined;
const scripts = new KeptScripts();
const contexts = new KeptContexts();

/**
 * The runner's side of the pipe: takes one execution at a time, until the gateway ends the process.
 * @param placesOf gives what makes the place of each execution
 */
export function serve(
  placesOf: (preparation: Preparation) => () => Place,
  listen: (take: Take) => void,
): void {
  const take = ({ kind, text }: Frame): void => {
    if (kind === TO_RUNNER.execute) return run(parseExecute(text, scripts.of));
    if (kind === TO_RUNNER.settled) return current?.realm.hostSettled(text);
    if (kind === TO_RUNNER.keep) return keep(JSON.parse(text) as KeepMessage);
    if (kind === TO_RUNNER.compile) return compile(JSON.parse(text) as ScriptTexts);
    if (kind === TO_RUNNER.egress) return current?.realm.egress(text);
    if (kind === TO_RUNNER.warm) return next?.warm?.();
    const preparation = JSON.parse(text) as Preparation;
    makePlace = placesOf(preparation);
    ({ limits } = preparation);
    next = makePlace();
    pipe.send(FROM_RUNNER.ready, '');
  };
  listen((frame) => {
    take(frame);
    return current !== undefined;
  });

  // An error that reached nobody belongs to the script that runs. One of this program's realm, where that is not the
  // script's, or while none runs, is a fault of ours: this process is not to be trusted further.
  process.on('uncaughtException', (error: unknown) => {
    if (current === undefined || (error instanceof Error && !current.sharesRealm)) exit(1);
    else current.realm.threw(error);
  });
  process.on('unhandledRejection', (reason) => current?.realm.threw(reason));
}

function keep(message: KeepMessage): void {
  for (const script of message.forget) {
    scripts.forget(script);
    contexts.drop(script);
  }
  scripts.keep(message);
}

function compile(texts: ScriptTexts): void {
  const compiles = check((next ??= makePlace()), texts, (thrown) =>
    pipe.send(FROM_RUNNER.threw, JSON.stringify(thrown)),
  );
  if (compiles) pipe.send(FROM_RUNNER.returned, 'null');
  pipe.send(FROM_RUNNER.idle, '');
}

function run(message: ExecuteMessage): void {
  const kept = contexts.take(message);
  const place = kept?.place ?? next ?? makePlace();
  let entry = kept?.entry;
  if (place === next) next = undefined;
  current = place;
  const bounds = message.limits ?? limits;
  const budget = new ConsoleBudget(bounds.maxConsoleLines, bounds.maxConsoleBytes);
  const answer = (kind: number, body: string): void => {
    if (current !== place) return;
    current = undefined;
    if (message.reuse === true) {
      place.pause();
      setImmediate(() => settleDown(message, place, entry));
    } else place.close(() => setImmediate(rest));
    pipe.send(kind, body);
  };
  const answers: Answers = {
    returned(json) {
      const excess = excessOf(json, bounds);
      if (excess === undefined) answer(FROM_RUNNER.returned, json);
      else answer(FROM_RUNNER.exhausted, excess);
    },
    threw: (...thrown) => answer(FROM_RUNNER.threw, JSON.stringify(describeThrown(...thrown, place.shifts))),
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
    egress: message.egress === true ? (text) => sayEgress(text, place) : undefined,
  };
  const verdicts: Verdicts = {
    missing: () => answer(FROM_RUNNER.missing, ''),
    invalid: (thrown) => answer(FROM_RUNNER.threw, JSON.stringify(thrown)),
  };
  if (entry === undefined) {
    place.open(answers, message.modules, mentionedGlobals(message.code, message.caller), message.call);
    entry = execute(place, message, verdicts);
  } else {
    executeAgain(place, entry, answers, message, verdicts);
  }
  if (current !== place) return;
  // In the next turn all microtasks are done. A script that never lets it come is not waiting, but running; so is one
  // that Node's threads work for.
  setImmediate(() => {
    if (current === place && !place.works) pipe.send(FROM_RUNNER.waiting, '');
  });
}

/** All microtasks are done: what could run again by itself is not kept. */
function settleDown(message: ExecuteMessage, place: Place, entry: ScriptEntry | undefined): void {
  if (entry?.called !== true || !place.isQuiet) return place.close(rest);
  contexts.put(message, place, entry);
  rest();
}

/** What a script has made of its realm must not have the gateway take this runner for a liar. */
function sayEgress(text: string, place: Place): void {
  const frame = parseRunnersEgress(text);
  if (frame === undefined) return;
  if (!isLonger(text, EGRESS_TEXT_BYTES)) return pipe.send(FROM_RUNNER.egress, text);
  // Heard in a later turn, as what the gateway says of a request would be.
  const fault = egressText('fault', frame.id, TOO_LONG);
  setImmediate(() => {
    if (current === place) place.realm.egress(fault);
  });
}

/**
 * The last script is at its end. The next one may be on its way while its context is made; where this never comes, the
 * gateway replaces the process.
 */
function rest(): void {
  pipe.send(FROM_RUNNER.idle, '');
  next ??= makePlace();
}
