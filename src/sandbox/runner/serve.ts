import process from 'node:process';
import { setImmediate } from 'node:timers';
import { levelDigit } from './console-levels.js';
import { ConsoleBudget } from './console-budget.js';
import { execute } from './execute.js';
import {
  type ExecutionLimits,
  FROM_RUNNER,
  type Preparation,
  TO_RUNNER,
  excessOf,
  parseExecute,
} from './messages.js';
import { mentionedGlobals } from './mentioned-globals.js';
import { Pipe, exit } from './pipe.js';
import type { Place } from './place.js';
import { describeThrown } from './thrown.js';

const pipe = new Pipe();
let makePlace: () => Place;
let limits: ExecutionLimits;
let next: Place | undefined;
let current: Place | undefined;

/**
 * The runner's side of the pipe: takes one execution at a time, until the gateway ends the process.
 * @param placesOf gives what makes the place of each execution
 */
export function serve(placesOf: (preparation: Preparation) => () => Place): void {
  pipe.listen(({ kind, text }) => {
    if (kind === TO_RUNNER.execute) return run(text);
    if (kind === TO_RUNNER.settled) return current?.realm.hostSettled(text);
    const preparation = JSON.parse(text) as Preparation;
    makePlace = placesOf(preparation);
    ({ limits } = preparation);
    next = makePlace();
    pipe.send(FROM_RUNNER.ready, '');
  });

  // An error that reached nobody belongs to the script that runs. One of this program's realm, where that is not the
  // script's, or while none runs, is a fault of ours: this process is not to be trusted further.
  process.on('uncaughtException', (error: unknown) => {
    if (current === undefined || (error instanceof Error && !current.sharesRealm)) exit(1);
    else current.realm.threw(error);
  });
  process.on('unhandledRejection', (reason) => current?.realm.threw(reason));
}

function run(text: string): void {
  const message = parseExecute(text);
  const place = next ?? makePlace();
  next = undefined;
  current = place;
  const bounds = message.limits ?? limits;
  const budget = new ConsoleBudget(bounds.maxConsoleLines, bounds.maxConsoleBytes);
  const answer = (kind: number, body: string): void => {
    if (current !== place) return;
    current = undefined;
    place.close(() => setImmediate(rest));
    pipe.send(kind, body);
  };
  place.open(
    {
      returned(json) {
        const excess = excessOf(json, bounds);
        if (excess === undefined) answer(FROM_RUNNER.returned, json);
        else answer(FROM_RUNNER.exhausted, excess);
      },
      threw: (...thrown) =>
        answer(FROM_RUNNER.threw, JSON.stringify(describeThrown(...thrown, place.shifts))),
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
    },
    message.modules,
    mentionedGlobals(message.code, message.caller),
    message.call,
  );
  execute(place, message, {
    missing: () => answer(FROM_RUNNER.missing, ''),
    invalid: (thrown) => answer(FROM_RUNNER.threw, JSON.stringify(thrown)),
  });
  // In the next turn all microtasks are done. A script that never lets it come is not waiting, but running; so is one
  // that Node's threads work for.
  setImmediate(() => {
    if (current === place && !place.works) pipe.send(FROM_RUNNER.waiting, '');
  });
}

/** Makes the next context while nobody waits for it. Where this never comes, the gateway replaces the process. */
function rest(): void {
  next = makePlace();
  pipe.send(FROM_RUNNER.idle, '');
}
