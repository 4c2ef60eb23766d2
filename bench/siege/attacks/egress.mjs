// Scripts that hold what requests to the network need: turns, connections, look-ups. The bystander's scripts fetch, too.
import { frame } from '../raw/frame.mjs';
import { request } from './json.mjs';
import { every, overWebSocket } from './moves.mjs';

const RATE_MS = 500;

const fetching = (name, as, connections, codeOf, more = {}) => ({
  name: `egress-${name}`,
  as,
  connections,
  bystander: 'fetch',
  ...more,
  moveOf: ({ hosts }) => {
    const payload = JSON.stringify({ code: codeOf(hosts), call: 'f' });
    return overWebSocket(every(RATE_MS, frame(request(payload))));
  },
});

const ten = (url) => `async function f() {
  await Promise.allSettled(Array.from({ length: 10 }, (_, i) => fetch(${url})));
}`;

export const EGRESS_ATTACKS = [
  // Each hangs until its script's deadline.
  fetching('hangs', 'unlimited', 4, ({ hanging }) => ten(`'${hanging}/'`), {
    environment: { EGRESS_MAX_CONCURRENCY: '20' },
  }),
  // The request is given up after a millisecond; the connection is still being made.
  fetching('dials', 'unlimited', 4, ({ silent }) => {
    const one = `fetch('${silent}/', { signal: AbortSignal.timeout(1) }).catch(() => undefined)`;
    return `async function f() { for (let i = 0; i < 9; i++) await Promise.all(Array.from({ length: 10 }, () => ${one})) }`;
  }),
  fetching('bodies', 'attacker', 2, ({ endless }) =>
    ten(`'${endless}/'`).replace(')));', ').then((r) => r.text())));'),
  ),
  // Nobody answers for these names.
  fetching(
    'names',
    'attacker',
    1,
    ({ nameless }) => ten(`'http://n' + i + '-' + Date.now() + '${nameless}/'`),
    {
      resolver: true,
    },
  ),
];
