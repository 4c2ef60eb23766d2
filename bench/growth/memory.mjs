// How much memory the service takes, idle, loaded, and after many calls.
import { commandOf, memoryOf, treeOf } from '../measure/process-tree.mjs';

export const megabytes = (bytes) => bytes / 2 ** 20;

/** Of the gateway, and of each process that runs scripts; what is around a runner (unshare) is not told apart from it. */
export function memoryOfService(pid) {
  const runners = treeOf(pid)
    .slice(1)
    .filter((one) => commandOf(one.pid).some((argument) => argument.endsWith('runner/context/main.cjs')))
    .map((one) => memoryOf(one.pid))
    // The process around a runner has the same arguments, and nearly no memory.
    .filter(({ rss }) => rss > 8 * 2 ** 20);
  return { gateway: memoryOf(pid), runners };
}

const most = (values) => (values.length === 0 ? 0 : Math.max(...values));

/** As a row: the gateway's, the number of runners, and their largest. */
export function memoryRow({ gateway, runners }) {
  return [
    megabytes(gateway.rss),
    megabytes(gateway.pss),
    runners.length,
    megabytes(most(runners.map(({ rss }) => rss))),
    megabytes(most(runners.map(({ pss }) => pss))),
    megabytes(runners.reduce((sum, { pss }) => sum + pss, gateway.pss)),
  ];
}
