// Processor time of scripts that send one HTTP request each: of the runner processes, and of the gateway.
// Usage: npm run bench:fetch [-- --rounds N] [--calls N] [--only fetch,axios] [--against DIST_MAIN_JS] [--node FILE]
import { createServer } from 'node:http';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { ask, connect } from './load/link.mjs';
import { CpuMeter } from './measure/cpu-meter.mjs';
import { ownCpuMs } from './measure/process-tree.mjs';
import { median } from './measure/statistics.mjs';
import { figure, table } from './report/markdown.mjs';
import { startProgram } from './rows/server.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    calls: { type: 'string', default: '150' },
    only: { type: 'string' },
    against: { type: 'string' },
    node: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);
const PACKAGES = fileURLToPath(new URL('../node_modules', import.meta.url));
const IN_FLIGHT = 2;
const WARM_CALLS = 60;

/** 1 KB of JSON. */
const BODY = JSON.stringify({
  login: 'octocat',
  items: Array.from({ length: 16 }, (_, id) => ({
    id,
    name: `item number ${id}`,
    tags: ['a', 'b'],
    price: 9.5,
  })),
});

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', etag: 'W/"1"' });
  response.end(BODY);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const at = `http://127.0.0.1:${server.address().port}`;

const SCRIPTS = {
  'no request': `async function run() { return 'octocat' }`,
  fetch: `async function run() { return (await (await fetch('${at}/x')).json()).login }`,
  'fetch, sending JSON': `async function run() {
    const response = await fetch('${at}/x', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ a: 1 }) });
    if (!response.ok) throw new Error(response.statusText);
    return (await response.json()).login;
  }`,
  'http.get': `function run(cb) {
    require('http').get('${at}/x', (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', () => cb(JSON.parse(text).login));
    });
  }`,
  axios: `async function run() { return (await require('axios').get('${at}/x')).data.login }`,
};
const wanted = values.only?.split(',') ?? Object.keys(SCRIPTS);

/** The service, and a function that measures calls of one script: milliseconds of processor time of each. */
async function startRow(main) {
  const service = await startProgram(
    {
      SANDBOX_MODULES_DIR: PACKAGES,
      EGRESS: at,
      EGRESS_PRIVATE: '127.0.0.0/8',
      TIMEOUT: '20000',
      NOLOGS: 'true',
      ...(values.node !== undefined && { SANDBOX_NODE: values.node }),
    },
    [],
    [],
    { main },
  );
  const sockets = await Promise.all(Array.from({ length: IN_FLIGHT }, () => connect(service.url)));

  async function run(code, count) {
    let left = count;
    await Promise.all(
      sockets.map(async (socket) => {
        while (left-- > 0) {
          const { payload, error } = await ask(socket, { code, call: 'run' });
          if (payload?.value !== 'octocat')
            throw new Error(`wrong answer: ${JSON.stringify(error ?? payload)}`);
        }
      }),
    );
  }

  return {
    stop: service.stop,
    warm: (code) => run(code, WARM_CALLS),
    async measure(code) {
      const meter = new CpuMeter(service.pid);
      const before = ownCpuMs(service.pid);
      await run(code, calls);
      const gateway = ownCpuMs(service.pid) - before;
      return { runner: (meter.end() - gateway) / calls, gateway: gateway / calls };
    },
  };
}

const rows = {
  'this build': await startRow(),
  ...(values.against && { against: await startRow(values.against) }),
};
const figures = [];
try {
  for (const row of Object.values(rows)) for (const name of wanted) await row.warm(SCRIPTS[name]);
  for (let round = 0; round < rounds; round++)
    for (const name of wanted)
      for (const [row, service] of Object.entries(rows))
        figures.push({ row, name, ...(await service.measure(SCRIPTS[name])) });
} finally {
  for (const { stop } of Object.values(rows)) await stop();
  server.close();
}
const cells = wanted.flatMap((name) =>
  Object.keys(rows).map((row) => {
    const mine = figures.filter((one) => one.name === name && one.row === row);
    const [runner, gateway] = ['runner', 'gateway'].map((key) => mine.map((one) => one[key]));
    const shown = [median(runner), Math.min(...runner), median(gateway), Math.min(...gateway)];
    return [name, row].concat(shown.map(figure));
  }),
);
console.log(`${table(['script', 'build', 'runner', 'least', 'gateway', 'least'], cells)}

Milliseconds of processor time per call: the median and the least of ${rounds} rounds of ${calls} calls, ${IN_FLIGHT} at a time.`);
