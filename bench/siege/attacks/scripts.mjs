// Scripts that need their client to play along: host functions, cancels, prepared code, large results.
import { fragmented, frame, FrameReader, OPCODE } from '../raw/frame.mjs';
import { items, key, LARGEST, request, shape } from './json.mjs';
import { every, overWebSocket } from './moves.mjs';

const RATE_MS = 500;
const call = (code, options = '') => `{"code":${JSON.stringify(code)},"call":"f"${options}}`;
const offering = (more = '') => `,"options":{"functions":["g"]${more}}`;

/** The script calls 64 times and then computes for ever: it takes none of the answers. */
const GREEDY = `async function f() { for (let i = 0; i < 64; i++) void host.g(); await null; for (;;); }`;
const PAUSING = 'async function f() { for (;;) { try { await host.g() } catch {} } }';
const CALLING =
  'async function f() { for (;;) await Promise.all(Array.from({ length: 60 }, () => host.g(1))) }';

/** Executes every so often, and answers each call of a host function with what `reply` gives. */
const answering = (script, reply) =>
  overWebSocket(async (connection) => {
    const reader = new FrameReader();
    connection.onData((chunk) => {
      for (const { opcode, payload } of reader.read(chunk)) {
        const text = opcode === OPCODE.text ? payload.toString('latin1', 0, 300) : '';
        if (!text.startsWith('{"type":"req"')) continue;
        const id = /"id":(\d+)/.exec(text)?.[1];
        // A connection that has gone meanwhile ends the move below.
        connection.write(reply(id)).catch(() => undefined);
      }
    });
    await every(RATE_MS, frame(request(script)))(connection);
  });

/** The id comes in a small fragment, so that the rest is masked once. */
const largeReply = (value) => {
  const tail = frame(`${value}}`, { opcode: OPCODE.continuation });
  return (id) => Buffer.concat([frame(`{"type":"rep","id":${id},"payload":`, { fin: false }), tail]);
};

/** Returns so many bytes of JSON, twice a second. */
const returning = (name, code) => ({
  name: `ws-returns-${name}`,
  as: 'attacker',
  connections: 2,
  moveOf: () => overWebSocket(every(RATE_MS, frame(request(call(code))))),
});

export const SCRIPT_ATTACKS = [
  {
    name: 'ws-host-replies-8m',
    as: 'attacker',
    connections: 1,
    moveOf: () => answering(call(GREEDY, offering()), largeReply(`"${'x'.repeat(LARGEST - 256)}"`)),
  },
  {
    name: 'ws-host-replies-shapes',
    as: 'attacker',
    connections: 1,
    moveOf: () => answering(call(GREEDY, offering()), largeReply(`[${items(LARGEST - 256, shape)}]`)),
  },
  {
    name: 'ws-host-calls',
    as: 'attacker',
    connections: 2,
    moveOf: () =>
      answering(call(CALLING, offering()), (id) => frame(`{"type":"rep","id":${id},"payload":1}`)),
  },
  ...['attacker', 'unlimited'].map((as) => ({
    name: `ws-host-pauses-${as}`,
    as,
    connections: 16,
    moveOf: () =>
      overWebSocket(every(RATE_MS, frame(request(call(PAUSING, offering(',"hostTime":"pauses"')))))),
  })),
  {
    name: 'ws-prepares-8m',
    as: 'attacker',
    connections: 2,
    moveOf: () => {
      const tail = `\\n${'f(()=>{});'.repeat((LARGEST - 512) / 10)}"}}`;
      const body = frame(tail, { opcode: OPCODE.continuation });
      let count = 0;
      return overWebSocket(async (connection) => {
        for (;;) {
          count += 1;
          const head = `{"type":"req","method":"runtime.prepare","id":${count},"payload":{"code":"// ${process.pid} ${count}`;
          await connection.write(frame(head, { fin: false }));
          await connection.write(body);
        }
      });
    },
  },
  {
    name: 'ws-prepares-broken-8m',
    as: 'attacker',
    connections: 2,
    moveOf: () => {
      const tail = `${'(('.repeat((LARGEST - 512) / 2)}"}}`;
      const head = '{"type":"req","method":"runtime.prepare","id":1,"payload":{"code":"';
      const bytes = fragmented(head, tail);
      return overWebSocket(async (connection) => {
        for (;;) await connection.write(bytes);
      });
    },
  },
  returning('objects', 'function f(cb) { const o = {}; cb(new Array(2700000).fill(o)) }'),
  returning('string', "function f(cb) { cb('x'.repeat(8e6)) }"),
  returning('escapes', String.raw`function f(cb) { cb('\u0001'.repeat(1.3e6)) }`),
  returning(
    'keys',
    'function f(cb) { const o = {}; for (let i = 0; i < 600000; i++) o["k" + i] = 0; cb(o) }',
  ),
  returning('throws', "function f() { throw new Error('x'.repeat(8e6)) }"),
  {
    name: 'ws-console-streams',
    as: 'attacker',
    connections: 2,
    moveOf: () =>
      overWebSocket(
        every(
          RATE_MS,
          frame(
            request(
              call('function f() { for (let i = 0; ; i++) console.log(i) }', ',"options":{"stream":true}'),
            ),
          ),
        ),
      ),
  },
  {
    name: 'ws-deaths',
    as: 'attacker',
    connections: 2,
    moveOf: () =>
      overWebSocket(
        every(
          RATE_MS,
          frame(request(call('function f() { const a = []; for (;;) a.push(new Array(1e4).fill(1.5)) }'))),
        ),
      ),
  },
  {
    name: 'ws-globals-seen',
    as: 'attacker',
    connections: 2,
    moveOf: () =>
      overWebSocket(
        every(
          RATE_MS,
          frame(
            request(
              `{"code":"function f(cb){cb(1)}","call":"f","globals":{"a":{${items(LARGEST - 512, key)}}}}`,
            ),
          ),
        ),
      ),
  },
];
