// What one call costs, step by step, from the real pieces: the table "cost of one call" of ARCHITECTURE.md.
// Usage: npm run bench:steps [-- --scenario NAME] [--page], which writes it there
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchOf } from '../dist/sandbox/pool/launch.js';
import { Load } from './load/load.mjs';
import { writePage, writeResults } from './report/files.mjs';
import { figure, table } from './report/markdown.mjs';
import { startProgram } from './rows/server.mjs';
import { expectedTexts, scenarioOf } from './scenarios.mjs';
import * as gateway from './steps/gateway.mjs';
import { roundTrip } from './steps/pipe.mjs';
import { frameIn, frameOut } from './steps/wire.mjs';

/** Those that a runner process starts with, where no layer of the system is around it. */
const { args: RUNNER_ARGS } = launchOf({
  host: {
    node: { path: process.execPath, flags: [], libraries: [] },
    tools: {},
    isRoot: false,
    userIds: undefined,
  },
  layers: new Set(),
  folders: [],
  limits: {},
  program: 'main',
});
const SECONDS = 3;

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'trivial' },
    page: { type: 'boolean', default: false },
  },
});
const scenario = scenarioOf(values.scenario);
if (!scenario.plain) throw new Error('a script that answers at once is needed');
const { payload, answer } = scenario;
const order = gateway.orderText(payload);

function runnerSteps() {
  const file = fileURLToPath(new URL('./steps/runner.mjs', import.meta.url));
  return JSON.parse(
    execFileSync(process.execPath, [...RUNNER_ARGS.slice(0, -1), file, order], { encoding: 'utf8' }),
  );
}

async function wholeCall() {
  const server = await startProgram({});
  const load = new Load();
  try {
    return await load.measure({
      ...server,
      payload: JSON.stringify(payload),
      expected: expectedTexts(scenario),
      connections: 1,
      inFlight: 1,
      seconds: SECONDS,
      warmMs: 1000,
      drainMs: 3000,
    });
  } finally {
    load.close();
    await server.stop();
  }
}

const pipe = (await roundTrip(order)) / 2;
const { context, run } = runnerSteps();
const result = gateway.result(answer.value);
const STEPS = [
  ['frame in: unmasked by `ws`, decoded', await frameIn(payload)],
  ['validate: `ScriptPipe`', await gateway.validate(payload)],
  ['script as text, within its limits', await gateway.writeOrder(payload)],
  ['queue and lease, and back', await gateway.lease()],
  ['pipe to the runner', pipe],
  ['run: opened, evaluated, called, answered', run],
  ['pipe to the gateway', pipe],
  ['result: checked, made one', await result.time],
  ['frame out: encoded, framed by `ws`', await frameOut(result.answer)],
];
const sum = STEPS.reduce((total, [, time]) => total + time, 0);
const whole = await wholeCall();
const rows = [
  ...STEPS.map(([name, time]) => [name, figure(time)]),
  ['sum', figure(sum)],
  ['a whole call, serial p50, with sockets, system calls and the client', figure(whole.p50 * 1000)],
  ['context, made ahead of the call', figure(context)],
  ['processor time of all processes a call, the next context with it', figure(whole.cpuMs * 1000)],
];
const text = `Microseconds: ${scenario.title}, Node ${process.version}.\n\n${table(['step', 'us'], rows)}`;
console.log(text);
console.error(`results: ${writeResults('steps', rows, text)}.md`);
if (values.page) await writePage('ARCHITECTURE.md', 'steps', text);
process.exit(0);
