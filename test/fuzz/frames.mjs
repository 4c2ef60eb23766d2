// Target 1: WebSocket frames. Most inputs are whole messages on a connection; the others are raw bytes after the upgrade.
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { mutatedBytes, mutatedText } from './mutate.mjs';
import { message } from './requests.mjs';
import { SeededRandom } from '../support/seeded-random.mjs';

/** Inputs of one connection, which are replayed together. */
const GROUP = 32;
const PATIENCE_MS = 30_000;
/** A raw connection that says nothing for so long is left. */
const QUIET_MS = 100;
const RAW_SHARE = 0.2;
/** Those that PROTOCOL.md lists for what a client can do. */
const CLOSE_CODES = new Set([1002, 1003, 1005, 1007, 1008, 1009, 1013]);

export const frames = {
  group: GROUP,

  /** @returns what is wrong, or undefined */
  async run(service, seed, at) {
    const random = new SeededRandom(seed, 'frames', at);
    return random.chance(RAW_SHARE) ? raw(service, random) : messages(service, random);
  },
};

async function messages(service, random) {
  const socket = new WebSocket(service.url, { headers: service.headers, perMessageDeflate: false });
  const received = [];
  let wake;
  socket.on('message', (data) => {
    const text = textOf(data);
    received.push(text);
    // What it is asked for as the host.
    const { type, id } = parsed(text);
    if (type === 'req') socket.send(JSON.stringify({ type: 'rep', id, payload: 'served' }));
    wake?.();
  });
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => {
    socket.once('close', (code) => {
      wake?.();
      resolve(code);
    });
  });
  await once(socket, 'open');
  socket.send('SIMPLEX/1.0;json');
  const sent = Array.from({ length: GROUP }, (_, n) => input(random, n + 1));
  for (const data of sent) socket.send(data);
  const expected = expectedReplies(sent);
  const finals = new Map();
  let read = 0;
  const take = () => {
    for (; read < received.length; read++) count(finals, received[read]);
  };
  const isComplete = () => [...expected].every(([id, number]) => (finals.get(id) ?? 0) >= number);
  const deadline = performance.now() + PATIENCE_MS;
  for (const fence of ['fence 1', 'fence 2']) {
    expected.set(fence, 1);
    sendFence(socket, fence);
    while (!isComplete() && socket.readyState === WebSocket.OPEN && performance.now() < deadline) {
      await Promise.race([new Promise((resolve) => (wake = resolve)), delay(200)]);
      take();
    }
  }
  const isOpen = socket.readyState === WebSocket.OPEN;
  socket.close(1000);
  const code = await Promise.race([closed, delay(10_000)]);
  take();
  if (code === undefined) return 'the service did not finish the closing handshake';
  if (!isOpen && !CLOSE_CODES.has(code)) return `the service closed the connection with ${code}`;
  if (finals.has(undefined)) return `not a proper reply: ${finals.get(undefined)}`;
  const surplus = [...finals].find(([id, number]) => number > (expected.get(id) ?? 0));
  if (surplus !== undefined) return `${surplus[1]} final replies for the id ${JSON.stringify(surplus[0])}`;
  if (isOpen && !isComplete()) return 'a request was not answered';
  return undefined;
}

function sendFence(socket, id) {
  const payload = { code: '', call: 'f' };
  if (socket.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify({ type: 'req', method: 'runtime.execute', id, payload }));
  }
}

function input(random, id) {
  const text = JSON.stringify(message(random, id));
  if (random.chance(0.01)) return mutatedText(random, text);
  if (random.chance(0.03)) return '';
  return random.chance(0.002) ? random.bytes(random.below(50)) : text;
}

/** How many final replies each id is to have: a model of the rules, apart from the code. */
function expectedReplies(sent) {
  const open = new Set();
  const expected = new Map();
  for (const data of sent) {
    const { type, id, more } = parsed(data);
    if (type !== 'req' || (typeof id !== 'number' && typeof id !== 'string')) continue;
    const follows = open.has(id);
    if (more === true) open.add(id);
    else open.delete(id);
    if (!follows) expected.set(id, (expected.get(id) ?? 0) + 1);
  }
  return expected;
}

function parsed(data) {
  try {
    return JSON.parse(typeof data === 'string' ? data : '') ?? {};
  } catch {
    return {};
  }
}

function textOf(data) {
  return data.toString();
}

function count(finals, text) {
  if (text === '+OK') return;
  const { type, id, more, payload, error } = parsed(text);
  if (type === 'req') return;
  const isReply = type === 'rep' && id !== undefined && (payload === undefined) !== (error === undefined);
  if (!isReply || error?.code === 1203) finals.set(undefined, text.slice(0, 200));
  if (more !== true) finals.set(id, (finals.get(id) ?? 0) + 1);
}

async function raw(service, random) {
  const socket = connect(service.port, '127.0.0.1');
  socket.on('error', () => undefined);
  const chunks = [];
  let heardAt = performance.now();
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    heardAt = performance.now();
  });
  const head = Buffer.from(upgradeHead(service));
  socket.write(random.chance(0.05) ? mutatedBytes(random, head) : head);
  socket.write(frame(random, 1, Buffer.from('SIMPLEX/1.0;json')));
  let requested = 0;
  for (let n = 0; n < GROUP; n++) {
    if (socket.destroyed) break;
    const bytes = rawFrame(random, n + 1);
    requested += 1;
    if (random.chance(0.1)) {
      const cut = random.below(bytes.length + 1);
      socket.write(bytes.subarray(0, cut));
      await delay(0);
      socket.write(bytes.subarray(cut));
    } else socket.write(bytes);
  }
  heardAt = performance.now();
  const deadline = heardAt + PATIENCE_MS;
  while (!socket.destroyed && performance.now() - heardAt < QUIET_MS && performance.now() < deadline)
    await delay(5);
  socket.destroy();
  const finals = new Map();
  for (const text of serverTexts(Buffer.concat(chunks))) {
    if (!text.startsWith('-ERR ')) count(finals, text);
  }
  if (finals.has(undefined)) return `not a proper reply: ${finals.get(undefined)}`;
  const surplus = [...finals].find(([, number]) => number > 2);
  if (surplus !== undefined) return `${surplus[1]} final replies for the id ${JSON.stringify(surplus[0])}`;
  return finals.size > 3 * requested ? 'more replies than requests' : undefined;
}

function upgradeHead({ port, headers }) {
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return (
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${own.join('')}\r\n`
  );
}

/** Rarely fatal, since nothing after a fatal frame is read. */
function rawFrame(random, id) {
  const text = Buffer.from(JSON.stringify(message(random, id)));
  const fin = 0x80;
  return random.weighted([
    [60, () => frame(random, 1, text)],
    // In fragments, with a ping between.
    [
      15,
      () => {
        const cut = random.below(text.length);
        const parts = [frame(random, 1, text.subarray(0, cut), 0), frame(random, 9, random.bytes(3), fin)];
        return Buffer.concat([...parts, frame(random, 0, text.subarray(cut), fin)]);
      },
    ],
    [5, () => frame(random, 9, random.bytes(random.below(126)))],
    [5, () => frame(random, 10, random.bytes(random.below(126)))],
    [1, () => frame(random, random.of([0, 2, 3, 7, 11, 15]), random.bytes(random.below(200)))],
    [
      1,
      () => frame(random, 8, random.of([Buffer.alloc(0), random.bytes(1), random.bytes(random.below(125))])),
    ],
    [1, () => mutatedBytes(random, frame(random, 1, text))],
    // Reserved bits; control frames that are too long or in fragments.
    [1, () => frame(random, 1, text, random.of([0xc0, 0xa0, 0x90]))],
    [1, () => frame(random, random.of([8, 9, 10]), random.bytes(130))],
    [1, () => frame(random, 9, random.bytes(5), 0)],
    // Lengths that do not come, or that no frame can have.
    [1, () => Buffer.from([0x81, 0xff, ...random.bytes(12)])],
    [1, () => Buffer.from([0x81, 0xfe, ...random.bytes(6)])],
    [1, () => random.bytes(random.below(60))],
  ])();
}

function frame(random, opcode, data, flags = 0x80) {
  const isMasked = !random.chance(0.002);
  const mask = isMasked ? random.bytes(4) : Buffer.alloc(0);
  const bit = isMasked ? 0x80 : 0;
  const length = data.length;
  const first = flags | opcode;
  const head =
    length < 126
      ? Buffer.from([first, bit | length])
      : Buffer.from([first, bit | 126, length >> 8, length & 255]);
  const body = Buffer.from(data, 0);
  const masked = isMasked ? body.map((byte, i) => byte ^ mask[i % 4]) : body;
  return Buffer.concat([head, mask, masked]);
}

/** The texts in what the service wrote after its HTTP head. */
function serverTexts(bytes) {
  const texts = [];
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0 || !bytes.subarray(0, 12).toString().startsWith('HTTP/1.1 101')) return texts;
  let rest = bytes.subarray(end + 4);
  while (rest.length >= 2) {
    const short = rest[1] & 127;
    const at = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (rest.length < at) break;
    const length =
      short < 126 ? short : short === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
    if (rest.length < at + length) break;
    if ((rest[0] & 15) === 1) texts.push(rest.toString('utf8', at, at + length));
    rest = rest.subarray(at + length);
  }
  return texts;
}

function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
