/**
 * The runner: the program of the process that scripts run in. The gateway starts it (`pool/launch.ts`),
 * speaks to it on fd 3, gives it one execution at a time, and kills it at a deadline that this side never sees.
 */
import { fileURLToPath } from 'node:url';
import { levelDigit } from './console-levels.js';
import { ConsoleBudget } from './console-budget.js';
import { execute } from './execute.js';
import { lockdown } from './lockdown.js';
import {
  type ExecutionLimits,
  FROM_RUNNER,
  type Preparation,
  TO_RUNNER,
  excessOf,
  parseExecute,
} from './messages.js';
import { mentionedGlobals } from './mentioned-globals.js';
import { Pipe } from './pipe.js';
import type { Place } from './place.js';
import { describeThrown } from './thrown.js';

if (process.argv[1] !== fileURLToPath(import.meta.url))
  throw new Error('the runner is a program, not a module');

const pipe = new Pipe();
/** What the level of this process needs is loaded, and nothing else. */
const furnish =
  process.argv[2] === 'process'
    ? (await import('./process/index.js')).placesOf
    : (await import('./contexts.js')).placesOf;
let makePlace: () => Place;
let limits: ExecutionLimits = { maxResultBytes: 0, maxDepth: 0, maxConsoleLines: 0, maxConsoleBytes: 0 };
let next: Place | undefined;
let current: Place | undefined;

pipe.listen(({ kind, text }) => {
  if (kind === TO_RUNNER.execute) return run(text);
  if (kind === TO_RUNNER.settled) return current?.realm.hostSettled(text);
  const preparation = JSON.parse(text) as Preparation;
  makePlace = furnish(preparation);
  ({ limits } = preparation);
  next = makePlace();
  pipe.send(FROM_RUNNER.ready, '');
});

// An error that reached nobody belongs to the script that runs. One of this realm, or while none runs, is a
// fault of ours: this process is not to be trusted further.
process.on('uncaughtException', (error: unknown) => {
  if (current === undefined || (error instanceof Error && !current.sharesRealm)) process.exit(1);
  current.realm.threw(error);
});
process.on('unhandledRejection', (reason) => current?.realm.threw(reason));

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
