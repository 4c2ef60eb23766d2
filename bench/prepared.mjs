// One script three ways, in turn in one run: its code sent each time, prepared, and in a context that is kept.
// Usage: node bench/prepared.mjs [seconds a round] [connections]
import { Load } from './load/load.mjs';
import { median } from './measure/statistics.mjs';
import { figure, table } from './report/markdown.mjs';
import { prepared, reused } from './rows/prepare.mjs';
import { startProgram } from './rows/server.mjs';

const ROUNDS = 5;
const PADDING_LINES = 2000;
const SMALL = 'function add(cb) { cb(a + b); }';
/** About 100 kB of functions that nobody calls. */
const LARGE = `${SMALL}\n${Array.from({ length: PADDING_LINES }, (_, i) => `function unused${i}(x) { return x * ${i} + ${i}; }`).join('\n')}`;

const seconds = Number(process.argv[2] ?? 1);
const most = Number(process.argv[3] ?? 64);
const server = await startProgram({});
const load = new Load();

/** One call in flight on each connection; gives calls a second. */
async function rateOf(payload, connections) {
  const { rate, wrong, sample } = await load.measure({
    ...server,
    payload: JSON.stringify(payload),
    expected: ['"value":3'],
    connections,
    inFlight: 1,
    seconds,
    warmMs: 300,
    drainMs: 3000,
  });
  if (wrong > 0) throw new Error(`a wrong reply: ${sample}`);
  return rate;
}

async function rowsOf(size, code) {
  const payload = { code, globals: { a: 1, b: 2 }, call: 'add' };
  const ways = {
    'code sent': payload,
    prepared: await prepared(server.url, payload),
    reused: await reused(server.url, payload),
  };
  const rows = [];
  for (const connections of [1, most]) {
    const rates = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
    for (let i = 0; i < ROUNDS; i++)
      for (const [way, one] of Object.entries(ways)) rates[way].push(await rateOf(one, connections));
    const sent = median(rates['code sent']);
    for (const [way, all] of Object.entries(rates))
      rows.push([size, connections, way, figure(median(all)), figure(median(all) / sent)]);
  }
  return rows;
}

const rows = [...(await rowsOf('small', SMALL)), ...(await rowsOf('100 kB', LARGE))];
load.close();
await server.stop();
console.log(table(['script', 'connections', 'way', 'calls/s', 'of code sent'], rows));
process.exit(0);
