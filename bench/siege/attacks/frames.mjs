// Frames as large as they may be, over WebSocket, as the tenant that is limited: each again and again.
import { frame, inFragments, OPCODE } from '../raw/frame.mjs';
import { items, key, LARGEST, PAYLOADS, request, shape } from './json.mjs';
import { batch, flood, overWebSocket } from './moves.mjs';

const large = (itemOf) => items(LARGEST - 256, itemOf);

/** Frames that are no execution. */
const TEXTS = {
  'reply-keys': () => `{"type":"rep","id":1,"payload":{${large(key)}}}`,
  'reply-shapes': () => `{"type":"rep","id":1,"payload":[${large(shape)}]}`,
  'ext-shapes': () => request('null', { method: 'nothing', rest: `,"ext":[${large(shape)}]` }),
  'frame-fields': () => request('{"code":""}', { rest: `,${large(key)}` }),
  'method-8m': () => request('null', { method: 'm'.repeat(LARGEST - 256) }),
  'more-8m': () => request(`{"code":"","globals":[${large(shape)}]}`, { rest: ',"more":true' }),
  'cancel-8m': () => request(`{"id":1,"a":[${large(shape)}]}`, { method: 'runtime.cancel' }),
};

const sending = (name, bytesOf, connections = 1) => ({
  name: `ws-${name}`,
  as: 'attacker',
  connections,
  moveOf: () => overWebSocket(flood(bytesOf())),
});

export const FRAME_ATTACKS = [
  ...Object.entries(PAYLOADS).map(([name, textOf]) => sending(name, () => frame(request(textOf())))),
  ...Object.entries(TEXTS).map(([name, textOf]) => sending(name, () => frame(textOf()))),
  sending('frames-on-20', () => frame(request(PAYLOADS['globals-shapes']())), 20),
  sending('fragments-16k', () => inFragments(request(PAYLOADS['globals-shapes']()), 514)),
  sending('fragments-of-1-byte', () => batch(inFragments(request(`{"code":"${'x'.repeat(4096)}"}`), 1), 16)),
  sending('fragments-empty', () =>
    Buffer.concat([
      frame('[', { fin: false }),
      batch(frame('', { opcode: OPCODE.continuation, fin: false }), 20_000),
    ]),
  ),
];
