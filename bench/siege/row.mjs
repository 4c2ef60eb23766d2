// One row: a fresh service, a bystander, and at most one attack; all of it is ended, whatever becomes of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { Child, attackersCore } from './child.mjs';
import { Gauge } from './gauge.mjs';
import { secretOf, startService } from './service.mjs';

const CORE = attackersCore();
/** Runners are started, and code becomes fast. */
const WARM_MS = 700;
/** The attacker makes up to a few hundred MB of bytes first. */
const PREPARE_MS = 30_000;
const START_MS = 20_000;
/** On top of its patience, for the summary. */
const SUMMARY_MS = 5000;

const PAYLOADS = {
  trivial: () => ({ payload: { code: 'const f = async () => 1', call: 'f' }, expected: 1 }),
  fetch: ({ fast }) => ({
    payload: { code: `const f = async () => (await fetch('${fast}/fast')).text()`, call: 'f' },
    expected: 'fast',
  }),
};

/** The attack's own side, so far: what it has sent, and the last that it was told. */
function watchAttacker(child) {
  let tally = { bytes: 0, connections: 0 };
  child.on('tally', (message) => {
    tally = message.tally;
  });
  return () => ({ ...tally, died: !child.isAlive });
}

/** An attacker that has made what it will send. */
async function arm(attack, network, children) {
  if (attack === undefined) return undefined;
  const attacker = children.start('./attacker.mjs', CORE);
  const ready = attacker.hears('ready', PREPARE_MS);
  const secret = attack.as === undefined ? undefined : secretOf(attack.as);
  attacker.send({ kind: 'order', name: attack.name, secret, hosts: network.hosts });
  await ready;
  return attacker;
}

/** A service, and a bystander of it that has been calling for a while. */
async function settle(attack, network, kind, children) {
  const service = await startService(network, attack);
  children.service = service;
  const bystander = children.start('./bystander.mjs');
  const ready = bystander.hears('ready', START_MS);
  const { url, port } = service;
  const order = { url, port, secret: secretOf('bystander'), warmMs: WARM_MS };
  bystander.send({ kind: 'open', ...order, ...PAYLOADS[kind](network.hosts) });
  await ready;
  return { service, bystander };
}

async function besiege(attack, network, { seconds, patienceMs, kind, children }) {
  // Both settle before a failure is looked at: a service that has yet to start could not be ended.
  const sides = await Promise.allSettled([
    arm(attack, network, children),
    settle(attack, network, kind, children),
  ]);
  const failed = sides.find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const [attacker, { service, bystander }] = sides.map(({ value }) => value);
  const gauge = new Gauge(service.pid);
  const tallyOf = attacker === undefined ? () => undefined : watchAttacker(attacker);
  bystander.send({ kind: 'begin' });
  attacker?.send({ kind: 'begin', port: service.port });
  await sleep(seconds * 1000);
  const tally = tallyOf();
  await attacker?.kill();
  const summary = bystander.hears('result', patienceMs + SUMMARY_MS);
  bystander.send({ kind: 'end', patienceMs });
  const { calls, livez, lagMs } = await summary;
  return { calls, livez, lagMs, attacker: tally, gateway: gauge.end() };
}

/**
 * @param attack of attacks/index.mjs; none for a quiet row
 * @param kind of the bystander's calls
 * @returns `{ name, calls, livez, lagMs, attacker, gateway }`, or `{ name, skipped }`, or `{ name, failure }` where the row
 * itself did not come to its end
 */
export async function runRow(
  attack,
  network,
  { seconds, patienceMs, kind = attack?.bystander ?? 'trivial' },
) {
  const name = attack?.name ?? `quiet, ${kind}`;
  if (attack?.resolver === true && network.resolver === undefined)
    return { name, skipped: 'needs root, unshare and port 53 of 127.0.0.99' };
  const started = [];
  const children = {
    service: undefined,
    start(file, core) {
      const child = new Child(file, core);
      started.push(child);
      return child;
    },
  };
  try {
    return { name, ...(await besiege(attack, network, { seconds, patienceMs, kind, children })) };
  } catch (error) {
    return { name, failure: error.message };
  } finally {
    for (const child of started) await child.kill();
    await children.service?.kill();
  }
}
