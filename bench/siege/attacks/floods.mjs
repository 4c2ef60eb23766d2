// Very many very small things.
import { setTimeout as sleep } from 'node:timers/promises';
import { frame, OPCODE } from '../raw/frame.mjs';
import { upgradeOf } from '../raw/opening.mjs';
import { request } from './json.mjs';
import { batch, flood, once, overHttp, overWebSocket } from './moves.mjs';

const BATCH = 10_000;
const LEAVE_MS = 20;

const flooding = (name, bytes, connections = 1) => ({
  name: `ws-${name}`,
  as: 'attacker',
  connections,
  moveOf: () => overWebSocket(flood(batch(bytes, BATCH))),
});

const CANCEL = request('{"id":7}', { method: 'runtime.cancel', id: 8 });

export const FLOOD_ATTACKS = [
  flooding('pings', frame('', { opcode: OPCODE.ping })),
  flooding('pings-of-125', frame('p'.repeat(125), { opcode: OPCODE.ping })),
  flooding('pongs', frame('', { opcode: OPCODE.pong })),
  flooding('empty-frames', frame('')),
  flooding('replies-of-21', frame('{"type":"rep","id":1}')),
  flooding('replies-of-21-on-20', frame('{"type":"rep","id":1}'), 20),
  flooding('notifications', frame('{"type":"req","method":"x"}')),
  flooding('unknown-methods', frame(request('null', { method: 'x' }))),
  flooding('executes', frame(request('{"code":"","call":"f"}'))),
  flooding('wrong-executes', frame(request('{"code":1,"call":"f"}'))),
  flooding('modules', frame(request('null', { method: 'runtime.modules' }))),
  flooding(
    'cancels',
    Buffer.concat([frame(request('{"code":"for(;;);","call":"f"}', { id: 7 })), frame(CANCEL)]),
  ),
  {
    name: 'ws-garbage-reconnect',
    as: 'attacker',
    connections: 20,
    restMs: 0,
    moveOf: () =>
      overWebSocket(async (connection) => {
        await connection.write(frame('['));
        // The service closes; who waited for the end of that would be slow.
        await Promise.race([connection.closed, sleep(LEAVE_MS)]);
      }),
  },
  {
    name: 'ws-open-and-leave',
    as: 'attacker',
    connections: 20,
    restMs: 0,
    moveOf: () => overWebSocket(once(frame(''))),
  },
  {
    name: 'nobody-upgrades',
    connections: 50,
    restMs: 0,
    moveOf: () =>
      overHttp(() => async (connection) => {
        await connection.write(upgradeOf(undefined));
        await connection.closed;
      }),
  },
  {
    name: 'nobody-connects',
    connections: 50,
    restMs: 0,
    moveOf: () => overHttp(() => async () => undefined),
  },
];
