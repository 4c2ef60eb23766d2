// The load generator, a process of its own: keeps calls in flight on its connections, and checks every reply.
import { Link } from './link.mjs';
import { quantile } from '../measure/statistics.mjs';

/** A cell with fewer replies goes on, but not for ever. */
const LEAST_REPLIES = 10;
const MOST_EXTRA_MS = 5000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function measure(order) {
  const tally = { replies: 0, wrong: 0, sample: undefined, latencies: [] };
  const links = await Promise.all(Array.from({ length: order.connections }, () => Link.open(order, tally)));
  for (const link of links) link.start();
  await sleep(order.warmMs);
  Object.assign(tally, { replies: 0, latencies: [] });
  process.send({ kind: 'begun' });
  const before = process.cpuUsage();
  const begun = performance.now();
  await sleep(order.seconds * 1000);
  while (tally.replies < LEAST_REPLIES && performance.now() - begun < MOST_EXTRA_MS) await sleep(20);
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  const { replies, latencies } = tally;
  process.send({ kind: 'ended' });
  const drained = Promise.all(links.map((link) => link.stop()));
  await Promise.race([drained, sleep(order.drainMs)]);
  for (const link of links) link.close();
  return {
    replies,
    rate: (replies * 1000) / ms,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    worst: quantile(latencies, 1),
    generatorCpuMs: (user + system) / 1000,
    wrong: tally.wrong,
    sample: tally.sample,
  };
}

process.on('message', (order) => {
  measure(order).then(
    (result) => process.send({ kind: 'result', result }),
    (error) => process.send({ kind: 'failed', message: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
