import { bootDuplexApp, type DuplexApp } from '../../support/duplex-app.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { RawClient } from '../../support/raw-client.js';
import { SampleGateway } from '../../support/sample.gateway.js';
import { TcpClient } from '../../support/tcp-client.js';

const closing: [string, string | Buffer, number][] = [
  ['a second handshake', 'SIMPLEX/1.0;json', 1007],
  ['plain text', 'hello', 1007],
  ['a blank', ' ', 1007],
  ['half an object', '{"type":"req","method":"echo","id":1', 1007],
  ['two objects', '{"type":"req"}{"type":"req"}', 1007],
  ['a trailing comma', '{"type":"req","method":"echo","id":1,}', 1007],
  ['single quotes', "{'type':'req'}", 1007],
  ['a NUL', '\u0000', 1007],
  ['a byte order mark', '\uFEFF{"type":"req","method":"echo","id":1}', 1007],
  ['NaN', 'NaN', 1007],
  ['null', 'null', 1002],
  ['a number', '5', 1002],
  ['a text', '"req"', 1002],
  ['true', 'true', 1002],
  ['an empty array', '[]', 1002],
  ['a batch', '[{"type":"req","method":"echo","id":1}]', 1002],
  ['an empty object', '{}', 1002],
  ['no type', '{"method":"echo","id":1}', 1002],
  ['type null', '{"type":null,"method":"echo","id":1}', 1002],
  ['an unknown type', '{"type":"event","method":"echo","id":1}', 1002],
  ['type in capitals', '{"type":"REQ","method":"echo","id":1}', 1002],
  ['type only in the prototype', '{"__proto__":{"type":"req","method":"echo","id":1}}', 1002],
  ['a JSON-RPC request', '{"jsonrpc":"2.0","method":"echo","id":1}', 1002],
  ['an object as id', '{"type":"req","method":"echo","id":{"a":1}}', 1002],
  ['an array as id', '{"type":"req","method":"echo","id":[1]}', 1002],
  ['true as id', '{"type":"req","method":"echo","id":true}', 1002],
  ['an infinite id', '{"type":"req","method":"echo","id":1e999}', 1002],
  ['a very long id', `{"type":"req","method":"echo","id":"${'i'.repeat(1000)}"}`, 1002],
  ['a binary frame', Buffer.from('{"type":"req","method":"echo","id":1}'), 1003],
  ['an empty binary frame', Buffer.alloc(0), 1003],
  ['very deep nesting', '['.repeat(1_000_000), 1007],
];

const invalid = (field: string): object => ({
  code: 1102,
  message: 'Invalid message',
  data: { field, problem: expect.any(String) },
});
const unknownMethod = { code: 1101, message: 'Unknown method' };

const answered: [string, string, object][] = [
  ['no method', '{"type":"req","id":1}', invalid('method')],
  ['method null', '{"type":"req","id":1,"method":null}', invalid('method')],
  ['a number as method', '{"type":"req","id":1,"method":5}', invalid('method')],
  ['an object as method', '{"type":"req","id":1,"method":{}}', invalid('method')],
  ['an array as method', '{"type":"req","id":1,"method":["echo"]}', invalid('method')],
  ['a number as more', '{"type":"req","id":1,"method":"echo","more":1}', invalid('more')],
  ['a text as more', '{"type":"req","id":1,"method":"echo","more":"true"}', invalid('more')],
  ['an unknown method', '{"type":"req","id":1,"method":"nope"}', unknownMethod],
  ['an empty method', '{"type":"req","id":1,"method":""}', unknownMethod],
  ['method constructor', '{"type":"req","id":1,"method":"constructor"}', unknownMethod],
  ['method __proto__', '{"type":"req","id":1,"method":"__proto__"}', unknownMethod],
  ['method hasOwnProperty', '{"type":"req","id":1,"method":"hasOwnProperty"}', unknownMethod],
  ['another case', '{"type":"req","id":1,"method":"Echo"}', unknownMethod],
  ['a callback name', '{"type":"req","id":1,"method":"_callback.5f0c"}', unknownMethod],
];

describe('bad frames, on a real socket', () => {
  let server: DuplexApp;
  let bystander: DuplexClient;
  beforeAll(async () => {
    server = await bootDuplexApp([SampleGateway]);
    bystander = await DuplexClient.connect(server.url);
  });
  afterAll(() => server.close());

  it.each(closing)('closes on %s, and disturbs nobody', async (_name, frame, code) => {
    const client = await RawClient.greet(server.url);
    client.socket.send(frame);
    expect(await client.closed).toEqual({ code, reason: expect.stringMatching(/./) });
    expect(client.pending).toEqual([]);
    expect(await bystander.call('echo', 'fine')).toBe('fine');
  });

  it.each(answered)('answers %s, and goes on', async (_name, frame, error) => {
    const client = await RawClient.greet(server.url);
    client.send(frame);
    expect(await client.nextMessage()).toEqual({ type: 'rep', id: 1, error });
    client.send('{"type":"req","method":"echo","id":2,"payload":"on"}');
    expect(await client.nextMessage()).toEqual({ type: 'rep', id: 2, payload: 'on' });
    await client.close();
  });

  it('closes on bytes that are no UTF-8', async () => {
    const client = await RawClient.greet(server.url);
    client.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect((await client.closed).code).toBe(1007);
    expect(await bystander.call('echo', 'fine')).toBe('fine');
  });

  it.each([
    ['a reserved opcode', Buffer.from([0x8f, 0x80, 0, 0, 0, 0])],
    ['a frame with no mask', Buffer.from([0x81, 0x02, 0x7b, 0x7d])],
    ['a reserved bit', Buffer.from([0xc1, 0x80, 0, 0, 0, 0])],
    ['a continuation of nothing', Buffer.from([0x80, 0x80, 0, 0, 0, 0])],
  ])('closes on broken framing: %s', async (_name, bytes) => {
    const client = await TcpClient.greet(server.port);
    client.socket.write(bytes);
    const rest = await client.rest();
    // The last frame is a close frame with 1002.
    expect(rest.subarray(-4)).toEqual(Buffer.from([0x88, 0x02, 0x03, 0xea]));
    expect(await bystander.call('echo', 'fine')).toBe('fine');
  });

  it('closes a client that leaves too many requests unfinished', async () => {
    const client = await RawClient.greet(server.url);
    for (let id = 1; id <= 257; id++) client.send(`{"type":"req","method":"echo","id":${id},"more":true}`);
    expect((await client.closed).code).toBe(1008);
    expect(await bystander.call('echo', 'fine')).toBe('fine');
  });
});
