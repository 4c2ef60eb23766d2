/** The `fetch` of a script and its classes, beside the `fetch` of the Node that runs this test: same cases, same server. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Binary } from '../support/binary.js';
import { DuplexClient } from '../support/duplex-client.js';
import { CASES, isAgreed } from '../support/fetch/cases/index.js';
import { FetchServer } from '../support/fetch/server.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PRELUDE = readFileSync(here('../support/fetch/prelude.js'), 'utf8');
const ALL = Object.values(CASES).flat();
/** Scripts at the same time. */
const AT_ONCE = 4;

let server: FetchServer;
let service: Binary;
let ours: readonly unknown[];
let nodes: readonly unknown[];

async function inNode(prelude: string): Promise<unknown[]> {
  const child = spawn(process.execPath, ['--no-warnings', here('../support/fetch/reference.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ prelude, cases: ALL }));
  return JSON.parse(await text(child.stdout)) as unknown[];
}

async function inService(prelude: string): Promise<unknown[]> {
  service = new Binary(['--port', '0', '--timeout', '10000'], {
    EGRESS: server.origins.join(),
    EGRESS_PRIVATE: '127.0.0.0/8',
    MAX_CONCURRENCY: `${AT_ONCE}`,
  });
  const client = await DuplexClient.connect(await service.listens());
  const values: unknown[] = [];
  const left = [...ALL.entries()];
  const take = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, body] = next;
      const code = `${prelude}\nasync function run() { ${body}\n}`;
      values[index] = await client.call('runtime.execute', { code, call: 'run' }).then(
        (result) => (result as { value?: unknown }).value ?? null,
        (error: Error & { data?: unknown }) => `threw ${JSON.stringify(error.data ?? error.message)}`,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  await client.close();
  return values;
}

beforeAll(async () => {
  server = await FetchServer.start();
  const [base, other] = server.origins;
  const prelude = `${PRELUDE}\nconst BASE = ${JSON.stringify(base)}, OTHER = ${JSON.stringify(other)};`;
  [ours, nodes] = await Promise.all([inService(prelude), inNode(prelude)]);
}, 120_000);

afterAll(async () => {
  server.stop();
  service.kill('SIGTERM');
  await service.ended();
});

it('has at least 700 cases, of which each is another', () => {
  expect(new Set(ALL).size).toBe(ALL.length);
  expect(ALL.filter(isAgreed).length).toBeGreaterThanOrEqual(700);
});

describe.each(Object.entries(CASES))('%s as in Node:', (_, cases) => {
  it.each(cases.filter(isAgreed))('%s', (body) => {
    const index = ALL.indexOf(body);
    expect(ours[index]).toEqual(nodes[index]);
  });
});
