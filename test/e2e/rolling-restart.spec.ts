/**
 * Two instances, restarted one after the other under load. A request is accepted when the service has read it before
 * the signal: it gets its one final reply, from that instance. Every other is answered 1202, or not at all before the
 * connection closes with 1001; it has not run, and its client asks the other instance. By the instances' logs, each
 * request ran once.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Binary } from '../support/binary.js';
import { DuplexClient } from '../support/duplex-client.js';
import { freePort } from '../support/free-port.js';
import { get } from '../support/http.js';
import { RollingClient } from '../support/rolling-client.js';

const CLIENTS = 6;
/** Requests of which it is known that they were read before the signal. */
const ACCEPTED = 4;
const started: Binary[] = [];
afterEach(() => {
  for (const binary of started.splice(0)) binary.kill('SIGKILL');
});

async function start(port: string): Promise<Binary> {
  const settings = { TIMEOUT: '10000', SHUTDOWN_GRACE: '20000', LOG_FORMAT: 'json' };
  const binary = new Binary([], { PORT: port, ...settings });
  started.push(binary);
  expect((await get(await binary.listens(), '/readyz')).status).toBe(200);
  return binary;
}

const echo = (value: string, ms: number) => ({
  code: 'function f(cb) { setTimeout(() => cb(value), ms) }',
  globals: { value, ms },
  call: 'f',
});

/** Calls one after the other until told to stop; gives what was asked and what was answered. */
async function load(client: RollingClient, name: string, stopped: AbortSignal): Promise<number> {
  let count = 0;
  for (; !stopped.aborted; count++) {
    const value = `${name}-${count}`;
    // One at a time on each connection: a reply that came twice would be one that nobody waits for.
    // oxlint-disable-next-line no-await-in-loop
    expect(await client.call('runtime.execute', echo(value, count % 80))).toMatchObject({ value });
  }
  return count;
}

/** Stops it; gives the outcomes of all that it has executed. */
async function stop(binary: Binary): Promise<readonly string[]> {
  binary.kill('SIGTERM');
  expect(await binary.ended()).toBe(0);
  return [...binary.stdout.matchAll(/"outcome":"(\w+)"/g)].map(([, outcome = '']) => outcome);
}

async function restart(binary: Binary, port: string): Promise<Binary> {
  const witness = await DuplexClient.connect(`ws://127.0.0.1:${port}`);
  const accepted = Array.from({ length: ACCEPTED }, (_, i) =>
    witness.call('runtime.execute', echo(`accepted-${i}`, 800)),
  );
  // Frames of one connection are read in their order: by this answer the others have been accepted.
  await witness.call('no.such.method').catch(() => undefined);
  binary.kill('SIGTERM');
  expect(await Promise.all(accepted)).toMatchObject(
    accepted.map((_, i) => ({ value: `accepted-${i}`, console: [] })),
  );
  expect((await witness.closed).code).toBe(1001);
  expect(await binary.ended()).toBe(0);
  await delay(200);
  return start(port);
}

describe('a rolling restart of two instances under load', () => {
  it('loses no accepted request, and answers each exactly once', async () => {
    const ports = [await freePort(), await freePort()];
    const [first = '', second = ''] = ports;
    const one = await start(first);
    const other = await start(second);
    const clients = Array.from(
      { length: CLIENTS },
      (_, i) =>
        new RollingClient(
          ports.map((port) => `ws://127.0.0.1:${port}`),
          i,
        ),
    );
    const end = new AbortController();
    const loads = Promise.all(clients.map((client, i) => load(client, `client-${i}`, end.signal)));
    const restarts = (async () => {
      const instances = [one, other, await restart(one, first), await restart(other, second)];
      await delay(200);
      return instances;
    })().finally(() => end.abort());
    const [counts, instances] = await Promise.all([loads, restarts]);
    await Promise.all(clients.map((client) => client.close()));
    const answered = counts.reduce((sum, count) => sum + count, 2 * ACCEPTED);
    const executed = (await Promise.all(instances.map((binary) => stop(binary)))).flat();
    expect(executed).toEqual(Array.from({ length: answered }, () => 'returned'));
    expect(Math.min(...counts)).toBeGreaterThan(0);
    // Each client was at one of the two when that one stopped.
    for (const { again } of clients) {
      expect(again.refused + again.shuttingDown + again.goingAway).toBeGreaterThan(0);
    }
  }, 120_000);
});
