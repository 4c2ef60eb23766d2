// One process of `bare.mjs`: makes contexts, and runs the script in each, until the time is over.
import { createContext, runInContext } from 'node:vm';
import { quantile } from '../measure/statistics.mjs';

/** As cheap as it can be: globals as JSON in, the answer as JSON out, nothing furnished. */
function once({ code, globals, call }) {
  const context = createContext({ ...globals });
  return runInContext(
    `${code} let benchAnswer; ${call}((v) => { benchAnswer = JSON.stringify(v) }); benchAnswer`,
    context,
  );
}

process.on('message', ({ payload, answer, seconds }) => {
  const expected = JSON.stringify(answer);
  const text = JSON.stringify(payload);
  const times = [];
  let wrong = 0;
  once(payload);
  const before = process.cpuUsage();
  const begun = performance.now();
  let now = begun;
  while (now - begun < seconds * 1000) {
    if (once(JSON.parse(text)) !== expected) wrong += 1;
    const then = performance.now();
    times.push(then - now);
    now = then;
  }
  const { user, system } = process.cpuUsage(before);
  process.send({
    rate: (times.length * 1000) / (now - begun),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    cpuMs: (user + system) / 1000 / times.length,
    wrong,
  });
});
process.on('disconnect', () => process.exit(0));
