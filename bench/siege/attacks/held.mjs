// Memory that the service holds for clients who do not finish, do not read, or wait.
import { frame, OPCODE } from '../raw/frame.mjs';
import { headOf, requestOf } from '../raw/opening.mjs';
import { key, PAYLOADS, request } from './json.mjs';
import { every, flood, hold, overHttp, overWebSocket, unread } from './moves.mjs';

const PART = 'x'.repeat(7 * 2 ** 20);
/** The attacker may begin so many executions: burst and rate are 2. */
const RATE_MS = 500;

const call = (code, options = '') => `{"code":${JSON.stringify(code)},"call":"f"${options}}`;
const LARGE_RESULT = call("function f(cb) { cb('x'.repeat(8e6)) }");
const STREAM = ',"options":{"stream":true}';
const LINES = 'function f() { for (;;) console.log("x".repeat(1e4)) }';
const WAITING = () => PAYLOADS['globals-objects']().replace('"code":""', '"code":"for (;;);"');

/** A frame whose length says more than comes. */
function cutFrame() {
  const whole = frame(PART);
  whole.writeBigUInt64BE(8_000_000n, 2);
  return whole;
}

export const HELD_ATTACKS = [
  {
    name: 'ws-unfinished-60',
    as: 'attacker',
    connections: 60,
    moveOf: () => overWebSocket(hold(frame(PART, { fin: false }))),
  },
  {
    name: 'ws-unfinished-frame-60',
    as: 'attacker',
    connections: 60,
    moveOf: () => overWebSocket(hold(cutFrame())),
  },
  { name: 'ws-idle-1000', as: 'attacker', connections: 1000, moveOf: () => overWebSocket(hold(frame(''))) },
  {
    name: 'ws-results-unread',
    as: 'attacker',
    connections: 20,
    moveOf: () => overWebSocket(unread(every(RATE_MS, frame(request(LARGE_RESULT))))),
  },
  {
    name: 'ws-replies-unread',
    as: 'attacker',
    connections: 20,
    moveOf: () => {
      const ext = `,"ext":"${'x'.repeat(60_000)}"`;
      return overWebSocket(unread(flood(frame(request('null', { method: 'x', rest: ext })))));
    },
  },
  {
    name: 'ws-console-unread',
    as: 'attacker',
    connections: 4,
    moveOf: () => overWebSocket(unread(every(RATE_MS, frame(request(call(LINES, STREAM)))))),
  },
  {
    name: 'ws-waiting-globals',
    as: 'attacker',
    connections: 8,
    moveOf: () => overWebSocket(flood(frame(request(WAITING())))),
  },
  {
    name: 'ws-waiting-globals-unlimited',
    as: 'unlimited',
    connections: 8,
    moveOf: () => overWebSocket(flood(frame(request(WAITING())))),
  },
  {
    name: 'http-results-unread',
    as: 'attacker',
    connections: 24,
    moveOf: () =>
      overHttp((secret) =>
        unread(every(RATE_MS, requestOf('POST', '/v1/execute', LARGE_RESULT, { secret }))),
      ),
  },
  {
    name: 'http-events-unread',
    as: 'attacker',
    connections: 24,
    moveOf: () =>
      overHttp((secret) =>
        unread(
          every(
            RATE_MS,
            requestOf('POST', '/v1/execute', call(LINES), { secret, accept: 'text/event-stream' }),
          ),
        ),
      ),
  },
  ...[
    ['http-half-bodies', 'attacker', '/v1/execute'],
    ['nobody-half-bodies', undefined, '/nothing'],
    ['nobody-half-scripts', undefined, '/v1/execute'],
  ].map(([name, as, path]) => ({
    name,
    as,
    connections: 40,
    moveOf: () =>
      overHttp((secret) =>
        hold(Buffer.from(`${headOf('POST', path, { secret, length: 8_000_000 })}{"code":"${PART}`)),
      ),
  })),
  {
    name: 'ws-open-streams',
    as: 'attacker',
    connections: 20,
    moveOf: () => {
      const opened = Array.from({ length: 250 }, (_, i) =>
        frame(request(`{"code":"${'x'.repeat(30_000)}"}`, { id: i, rest: ',"more":true' })),
      );
      return overWebSocket(hold(Buffer.concat(opened)));
    },
  },
  {
    name: 'ws-half-closed',
    as: 'attacker',
    connections: 20,
    moveOf: () => {
      // Closes, as far as the service knows, and goes on sending.
      const closing = frame(Buffer.from([0x03, 0xe8]), { opcode: OPCODE.close });
      const after = frame(request(`{"code":"","globals":{${key(1)}}}`));
      return overWebSocket(async (connection) => {
        await connection.write(closing);
        await flood(after)(connection);
      });
    },
  },
];
