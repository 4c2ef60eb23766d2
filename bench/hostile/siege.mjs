// A server under attack, and what a bystander of it meets.
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, connect } from '../load/link.mjs';
import { memoryOf, treeCpuMs, treeOf } from '../measure/process-tree.mjs';
import { scenarioOf } from '../scenarios.mjs';

const TRIVIAL = scenarioOf('trivial');
const PAUSE_MS = 10;
/** The server's processes are looked at so often for the memory that they take. */
const SAMPLE_MS = 250;
/** A server has so long to start what it keeps ready. */
const WARM_MS = 1000;
/** A server that uses more than this share of a core afterwards still runs what it should have stopped. */
const QUIET_SHARE = 0.3;
const QUIET_MS = 400;
/** Before that it may start anew what it has ended. */
const REST_MS = 400;

const secret = (tenant) => ({ 'x-runtime-secret': tenant });

/** Nothing when it takes longer. */
async function within(ms, work) {
  const timer = new AbortController();
  const late = sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined);
  const result = await Promise.race([work.catch((error) => ({ error: { message: error.message } })), late]);
  timer.abort();
  return result;
}

async function timed(work) {
  const begun = performance.now();
  const result = await work;
  return { result, ms: performance.now() - begun };
}

/** Short calls one after another, until the time is over; one that never returns has taken until then. */
async function standBy(socket, until, patienceMs) {
  const times = [];
  let wrong = 0;
  do {
    const { result, ms } = await timed(
      within(until + patienceMs - performance.now(), ask(socket, TRIVIAL.payload)),
    );
    times.push(ms);
    if (result?.payload?.value !== TRIVIAL.answer.value) wrong += 1;
    await sleep(PAUSE_MS);
  } while (performance.now() < until);
  return { times, wrong };
}

function press(sockets, payload, until, answers) {
  const attacks = sockets.map(async (socket) => {
    do {
      const reply = await ask(socket, payload);
      const answer =
        reply.error === undefined ? 'ok' : `${reply.error.code} ${reply.error.data?.limit ?? ''}`.trim();
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    } while (performance.now() < until);
  });
  // Some are never answered.
  for (const attack of attacks) attack.catch(() => undefined);
  return Promise.all(attacks);
}

function watchMemory(pid) {
  const watch = { peakBytes: 0 };
  const timer = setInterval(() => {
    const bytes = treeOf(pid).reduce((sum, one) => sum + memoryOf(one.pid).pss, 0);
    watch.peakBytes = Math.max(watch.peakBytes, bytes);
  }, SAMPLE_MS);
  return Object.assign(watch, { stop: () => clearInterval(timer) });
}

/** Whether a new client is served, and whether the processor has come back. */
async function aftermath({ url, pid }) {
  const socket = await within(1000, connect(url, secret('newcomer')));
  const reply =
    socket?.terminate === undefined ? undefined : await within(1000, ask(socket, TRIVIAL.payload));
  socket?.terminate?.();
  await sleep(REST_MS);
  const before = treeCpuMs(pid);
  await sleep(QUIET_MS);
  const share = (treeCpuMs(pid) - before) / QUIET_MS;
  return { serves: reply?.payload?.value === TRIVIAL.answer.value, quiet: share < QUIET_SHARE };
}

/**
 * Attackers and a bystander at the same time.
 * @param server `{ url, pid }`
 * @param until how long attacks are begun; each ends at the server's own deadline
 */
export async function siege(server, attack, { seconds, timeoutMs, bystander = 'bystander' }) {
  const open = (tenant) => connect(server.url, secret(tenant));
  const innocent = await open(bystander);
  const attackers = await Promise.all(Array.from({ length: attack.count }, () => open('attacker')));
  await ask(innocent, TRIVIAL.payload);
  await sleep(WARM_MS);
  const until = performance.now() + seconds * 1000;
  // What is not over then has not been stopped.
  const patienceMs = 2 * timeoutMs * Math.max(1, attack.count / 2);
  const answers = new Map();
  const memory = watchMemory(server.pid);
  const done = press(attackers, attack.payload, until, answers);
  const { times, wrong } = await standBy(innocent, until, patienceMs);
  const ended = (await within(patienceMs, done)) !== undefined;
  memory.stop();
  for (const socket of [innocent, ...attackers]) socket.terminate();
  const after = await aftermath(server);
  return { times, wrong, answers: [...answers], answered: ended, ...after, peakBytes: memory.peakBytes };
}
