// What plain HTTP lets a client send: as the tenant that is limited, and with no secret at all.
import { headOf, requestOf } from '../raw/opening.mjs';
import { LARGEST, PAYLOADS, items, shape } from './json.mjs';
import { batch, drip, flood, overHttp } from './moves.mjs';

const CONNECTIONS = 4;
/** As the red team wrote them: so many requests in one write. */
const PIPELINED = 2000;

/** All that answers something other than a script's result. */
const WRONG = [
  ['POST', '/nothing'],
  ['POST', '/'],
  ['PUT', '/v1/execute'],
  ['DELETE', '/v1/prepare'],
  ['POST', '/metrics'],
  ['PATCH', '/livez'],
  ['PUT', '/readyz'],
  ['DELETE', '/openapi.json'],
  ['OPTIONS', '/x'],
  ['GET', '/nothing'],
  ['PROPFIND', '/x'],
];

const LARGE = () => `[${items(LARGEST, shape)}]`;

/** One after another, on whichever connection takes the next: where one is closed, the others go on. */
const turns = (requests) => {
  let next = 0;
  return async (connection) => {
    for (;;) await connection.write(requests[next++ % requests.length]);
  };
};

const posting = (name, textOf, path = '/v1/execute') => ({
  name: `http-${name}`,
  as: 'attacker',
  connections: CONNECTIONS,
  moveOf: () => {
    const text = textOf();
    return overHttp((secret) => flood(requestOf('POST', path, text, { secret })));
  },
});

const nobody = (name, moveOf, connections = CONNECTIONS) => ({
  name: `nobody-${name}`,
  connections,
  moveOf: () => overHttp(moveOf),
});

const pipelined = (name, method, path) =>
  nobody(name, () => flood(batch(Buffer.from(headOf(method, path, {})), PIPELINED)));

const chunk = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;

export const HTTP_ATTACKS = [
  ...[
    'functions-dots-64k',
    'functions-60k',
    'functions-2m',
    'modules-2m',
    'options-keys-400k',
    'console-keys-400k',
    'options-deep',
    'globals-deep',
    'globals-keys',
    'globals-shapes',
    'globals-lists',
    'code-escapes',
    'unknown-fields',
  ].map((name) => posting(name, PAYLOADS[name])),
  posting('prepare-fields', PAYLOADS['unknown-fields'], '/v1/prepare'),
  posting('prepare-escapes', PAYLOADS['code-escapes'], '/v1/prepare'),
  posting('wrong-path', LARGE, '/nothing'),
  posting('executes', () => '{"code":"","call":"f"}'),
  {
    name: 'http-executes-pipelined',
    as: 'attacker',
    connections: 1,
    moveOf: () =>
      overHttp((secret) =>
        flood(batch(requestOf('POST', '/v1/execute', '{"code":"","call":"f"}', { secret }), PIPELINED)),
      ),
  },
  nobody('8m-post-nothing', () => flood(requestOf('POST', '/nothing', LARGE()))),
  nobody('8m-everywhere', () => turns(WRONG.map(([method, path]) => requestOf(method, path, LARGE()))), 8),
  nobody('8m-execute', () => flood(requestOf('POST', '/v1/execute', LARGE()))),
  nobody('chunks-of-1-byte', () =>
    flood(
      Buffer.from(
        `POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n` +
          `${chunk('[')}${chunk('1').repeat(100_000)}${chunk(']')}0\r\n\r\n`,
      ),
    ),
  ),
  pipelined('gets', 'GET', '/'),
  pipelined('gets-of-404', 'GET', '/nothing'),
  pipelined('gets-of-405', 'GET', '/v1/execute'),
  pipelined('livez', 'GET', '/livez'),
  pipelined('readyz', 'GET', '/readyz'),
  pipelined('openapi', 'GET', '/openapi.json'),
  pipelined('metrics', 'GET', '/metrics'),
  nobody('garbage', () => flood(Buffer.from('nonsense\r\n\r\n'.repeat(1000))), 20),
  nobody('slow-heads', () => drip(Buffer.from('GET / HTTP/1.1\r\n'), Buffer.from('x: y\r\n'), 1000), 1000),
  nobody(
    'long-heads',
    () => flood(Buffer.from(`GET / HTTP/1.1\r\nHost: a\r\n${'x: y\r\n'.repeat(2000)}\r\n`)),
    4,
  ),
];
