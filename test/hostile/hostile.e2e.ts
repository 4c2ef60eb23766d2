import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { RawClient } from '../support/raw-client.js';
import { attacks, isAsExpected, type Attack } from './attacks.js';
import { installHostilePackages } from './packages.js';

const SERVICE = fileURLToPath(new URL('./service.mjs', import.meta.url));
const CONNECTIONS = 4;
const CANARY = 'canary-of-a-file-7f3a';
const SECRET_CANARY = 'canary-of-a-secret-91bc';
const ENVIRONMENT_CANARY = 'canary-of-the-environment-5d2e';
const TENANT_CANARY = 'canary-of-another-tenant-c80f';
const EGRESS_CANARY = 'canary-of-a-header-e61d';
const CANARIES = [EGRESS_CANARY, CANARY, SECRET_CANARY, ENVIRONMENT_CANARY, TENANT_CANARY];

/** What one attack came to. */
interface Seen {
  readonly replies: readonly string[];
  readonly bystander: unknown;
  readonly nextOfSameTenant: unknown;
  readonly ms: number;
}

const BYSTANDER = {
  code: `function check(cb) {
    const clean = Object.keys(Object.prototype).length === 0 && [].concat([1], 2).map((x) => x * k).join() === '3,6'
      && JSON.stringify({ a: [new Date(0)] }) === '{"a":["1970-01-01T00:00:00.000Z"]}'
      && require('util').inspect(new Map([[1, 2]])) === 'Map(1) { 1 => 2 }'
      && typeof loot === 'undefined' && typeof secret === 'string';
    Promise.resolve(clean).then(cb);
  }`,
  call: 'check',
  globals: { k: 3, secret: TENANT_CANARY },
};

const isolation = process.env['SANDBOX_ISOLATION'] === 'process' ? 'process' : 'context';
/** Runs a sample, each so-manieth attack: `HOSTILE_EVERY=8`. */
const every = Number(process.env['HOSTILE_EVERY'] ?? 1);
const known = attacks(isolation);
const all = known.filter((_, i) => i % every === 0);
const seen = new Map<string, Seen>();
let service: ChildProcess;
let urls: { readonly usual: string; readonly short: string };
let lastId = 0;

/** Sends one call on a connection of its own; every frame that comes until it closes is a reply. */
async function repliesTo(
  url: string,
  secret: string,
  payload: object,
  method = 'runtime.execute',
): Promise<string[]> {
  const client = await RawClient.greet(url, { headers: { 'x-runtime-secret': secret } });
  const id = ++lastId;
  client.send(JSON.stringify({ type: 'req', method, id, payload }));
  let first = await client.next();
  // Streamed parts, and calls of ours that nobody answers, are no final replies.
  while (/^\{"type":"req"|"more":true\}$/.test(first)) first = await client.next();
  // A second reply would be on its way by the time that this one has been answered.
  client.send(JSON.stringify({ type: 'req', method: 'no.such.method', id: -1 }));
  const more = await client.until(-1);
  await client.close();
  return [first, ...more];
}

async function checkOf(secret: string): Promise<unknown> {
  const [reply = '{}'] = await repliesTo(urls.usual, secret, BYSTANDER);
  const { payload, error }: { payload?: { value: unknown }; error?: object } = JSON.parse(reply);
  return payload === undefined ? error : payload.value;
}

/** The replies to a call in a context in which an earlier call has run; where there are none kept, to the two in fresh ones. */
async function repliesToSecond(url: string, secret: string, attack: Attack): Promise<string[]> {
  const { code, call, ...others } = attack.payload;
  const [prepared = '{}'] = await repliesTo(url, secret, { code }, 'runtime.prepare');
  const { payload }: { payload?: { script: string } } = JSON.parse(prepared);
  const reuse = process.env['SANDBOX_ISOLATION'] !== 'process';
  const script = {
    script: payload?.script,
    globals: others['globals'],
    options: { ...(others['options'] as object | null), reuse },
  };
  const first = await repliesTo(url, secret, { ...script, call: attack.earlier });
  if (first.length !== 1) return first;
  return repliesTo(url, secret, { ...script, call });
}

async function run(attack: Attack): Promise<void> {
  const { name, payload, modules, short, earlier, egress } = attack;
  const started = performance.now();
  const attacker = egress ? 'net' : 'red';
  const secret = `${attacker}:${modules}:${SECRET_CANARY}`;
  const url = short ? urls.short : urls.usual;
  const replying =
    earlier === undefined ? repliesTo(url, secret, payload) : repliesToSecond(url, secret, attack);
  const replies = await replying.catch(() => []);
  const ms = performance.now() - started;
  const [bystander, nextOfSameTenant] = await Promise.all([
    checkOf(`blue:*:${SECRET_CANARY}`),
    checkOf(`${attacker}:*:${SECRET_CANARY}`),
  ]);
  seen.set(name, { replies, bystander, nextOfSameTenant, ms });
}

beforeAll(async () => {
  const moduleDirs = [installHostilePackages(CANARY)];
  const nodePath = process.env['SANDBOX_NODE'] ?? process.execPath;
  service = spawn(
    process.execPath,
    [SERVICE, JSON.stringify({ moduleDirs, nodePath, isolation, canary: EGRESS_CANARY })],
    {
      env: { PATH: process.env['PATH'], CANARY: ENVIRONMENT_CANARY, SECRET: SECRET_CANARY },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = await once(service.stdout ?? service, 'data');
  urls = JSON.parse(String(line));
  const queue = [...all];
  const drain = async (): Promise<void> => {
    for (let attack = queue.shift(); attack !== undefined; attack = queue.shift()) await run(attack);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, drain));
}, 300_000);

afterAll(() => {
  const families = new Map<string, number>();
  for (const { family } of all) families.set(family, (families.get(family) ?? 0) + 1);
  const slowest = [...seen].toSorted(([, a], [, b]) => b.ms - a.ms).slice(0, 3);
  process.stdout.write(
    `${all.length} attacks of ${families.size} families: ` +
      `${[...families].map(([family, count]) => `${family} ${count}`).join(', ')}\n` +
      `slowest: ${slowest.map(([name, { ms }]) => `${name} ${Math.round(ms)} ms`).join(', ')}\n`,
  );
  service.kill('SIGKILL');
});

it('has at least two hundred attacks', () => {
  expect(known.length).toBeGreaterThanOrEqual(200);
});

describe.each(all)('$family: $name', ({ name, expected }) => {
  it('is answered once and as expected, and the next calls are right', () => {
    const { replies = [], bystander, nextOfSameTenant } = seen.get(name) ?? {};
    expect({ replies: replies.length, bystander, nextOfSameTenant }).toEqual({
      replies: 1,
      bystander: true,
      nextOfSameTenant: true,
    });
    const [reply = '{}'] = replies;
    if (!expected.some((expectation) => isAsExpected(reply, expectation)))
      expect(reply.slice(0, 1500)).toEqual(expected);
  });
});

it('is the same gateway, which still answers', async () => {
  expect(service.exitCode ?? service.signalCode).toBeNull();
  expect(await checkOf(`blue:*:${SECRET_CANARY}`)).toBe(true);
});

it('let no script read a canary', () => {
  // A package that one may have loads others: at level `process`, whichever it names.
  const loaders = new Set(
    all.filter(({ expected }) => JSON.stringify(expected).includes(CANARY)).map(({ name }) => name),
  );
  const readers = [...seen].filter(
    ([name, { replies }]) =>
      !loaders.has(name) && replies.some((reply) => CANARIES.some((canary) => reply.includes(canary))),
  );
  expect(readers.map(([name]) => name)).toEqual([]);
});
