// Target 2: HTTP requests as raw bytes.
import { connect } from 'node:net';
import { mutatedBytes, mutatedText } from './mutate.mjs';
import { payload } from './requests.mjs';
import { SeededRandom } from '../support/seeded-random.mjs';

/** Requests on one connection, which are replayed together. */
const GROUP = 8;
const QUIET_MS = 100;
const PATIENCE_MS = 30_000;
const PATHS = [
  '/v1/prepare',
  '/livez',
  '/readyz',
  '/metrics',
  '/openapi.json',
  '/',
  '/nothing',
  '*',
  '//',
  '/%00',
  '/v1/execute?a=1',
];
const METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'CONNECT', 'get', 'X', 'PRI'];
const HEADERS = [
  'Accept: text/event-stream',
  'Expect: 100-continue',
  'Connection: close',
  'Content-Encoding: gzip',
  'Content-Type: text/plain',
  'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  'Origin: https://elsewhere.example',
  'x-runtime-secret: wrong',
  'Upgrade: websocket',
  'Content-Length: 5',
  'Transfer-Encoding: chunked',
  ' folded',
  'no colon',
  `Long: ${'x'.repeat(20_000)}`,
];

export const http = {
  group: GROUP,

  /** @returns what is wrong, or undefined */
  async run(service, seed, at) {
    const random = new SeededRandom(seed, 'http', at);
    const socket = connect(service.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const chunks = [];
    let heardAt = performance.now();
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      heardAt = performance.now();
    });
    let isProper = true;
    for (let n = 0; n < GROUP; n++) {
      const { bytes, proper } = request(random, service);
      isProper &&= proper;
      socket.write(bytes);
    }
    heardAt = performance.now();
    const deadline = heardAt + PATIENCE_MS;
    const statuses = () => statusesOf(Buffer.concat(chunks).toString('latin1'));
    // Where every request is a proper one, each has an answer; else the connection may wait for more.
    const isDone = () => (isProper ? statuses().length >= GROUP : performance.now() - heardAt > QUIET_MS);
    while (!socket.destroyed && !isDone() && performance.now() < deadline) await delay(5);
    socket.destroy();
    const found = statuses();
    if (isProper && found.length !== GROUP) return `${found.length} responses to ${GROUP} requests`;
    if (isProper && found.some((status) => ![200, 404, 422, 400, 503, 504, 429].includes(status))) {
      return `unexpected statuses: ${found.join(' ')}`;
    }
    return found.includes(500) ? 'status 500' : undefined;
  },
};

function request(random, { port, headers }) {
  const isProper = random.chance(0.8);
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const body = Buffer.from(JSON.stringify(payload(random)));
  if (isProper) {
    const head = [
      'POST /v1/execute HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      ...own,
      'Content-Type: application/json',
    ];
    return { proper: true, bytes: framed(random, head, body) };
  }
  const line = `${random.of([...METHODS, 'POST'])} ${random.of([...PATHS, '/v1/execute'])} HTTP/${random.of(['1.1', '1.0', '2.0', '1'])}`;
  const lines = [line, `Host: 127.0.0.1:${port}`, ...(random.chance(0.5) ? own : [])];
  if (random.chance(0.7)) lines.push('Content-Type: application/json');
  for (let left = random.below(3); left > 0; left--) lines.push(random.of(HEADERS));
  const damaged = random.chance(0.3) ? Buffer.from(mutatedText(random, body.toString())) : body;
  const whole = framed(random, lines, damaged);
  return { proper: false, bytes: random.chance(0.4) ? mutatedBytes(random, whole) : whole };
}

function framed(random, lines, body) {
  const head = (line) => Buffer.from(`${[...lines, line].join('\r\n')}\r\n\r\n`);
  if (random.chance(0.7)) return Buffer.concat([head(`Content-Length: ${body.length}`), body]);
  const cut = 1 + random.below(body.length - 1 || 1);
  const parts = [body.subarray(0, cut), body.subarray(cut)].filter((part) => part.length > 0);
  const chunks = parts.flatMap((part) => [`${part.length.toString(16)}\r\n`, part, '\r\n']);
  return Buffer.concat([
    head('Transfer-Encoding: chunked'),
    ...[...chunks, '0\r\n\r\n'].map((part) => Buffer.from(part)),
  ]);
}

function statusesOf(text) {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)]
    .map(([, status]) => Number(status))
    .filter((status) => status >= 200);
}

function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
