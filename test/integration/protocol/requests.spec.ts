import { bootDuplexApp, type DuplexApp } from '../../support/duplex-app.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { RawClient } from '../../support/raw-client.js';
import { SampleGateway, SecondGateway } from '../../support/sample.gateway.js';
import { until } from '../../support/until.js';

const INTERNAL = { code: 1203, message: 'Internal' };

describe('requests, on a real socket', () => {
  let server: DuplexApp;
  let gateway: SampleGateway;
  let client: RawClient;
  beforeAll(async () => {
    server = await bootDuplexApp([SampleGateway, SecondGateway]);
    gateway = server.app.get(SampleGateway);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    client = await RawClient.greet(server.url);
    gateway.executions.length = 0;
  });
  afterEach(() => client.close());

  const ask = async (frame: object): Promise<Record<string, unknown>> => {
    client.send(JSON.stringify({ type: 'req', id: 1, ...frame }));
    return client.nextMessage();
  };

  /** Everything that was answered before a request sent now. */
  const answered = async (): Promise<unknown[]> => {
    client.send('{"type":"req","method":"second","id":"fence 1"}');
    const first = await client.until('fence 1');
    // The first fence may overtake a handler that takes longer.
    client.send('{"type":"req","method":"second","id":"fence 2"}');
    return [...first, ...(await client.until('fence 2'))].map((frame) => JSON.parse(frame));
  };

  it.each([0, 1, -3, 1.5, 4_294_967_296, 9_007_199_254_740_991, 'abc', '', '1', 'ü\u2028"'])(
    'echoes the id %j',
    async (id) => {
      expect(await ask({ method: 'echo', id, payload: 'p' })).toEqual({ type: 'rep', id, payload: 'p' });
    },
  );

  it.each([null, 0, false, '', [], {}, { a: [{ b: null }] }, 'ünï\u2028', '\ud800'])(
    'carries the payload %j',
    async (payload) => {
      expect(await ask({ method: 'echo', payload })).toEqual({ type: 'rep', id: 1, payload });
    },
  );

  it('answers a request with no payload with null', async () => {
    expect(await ask({ method: 'echo' })).toEqual({ type: 'rep', id: 1, payload: null });
  });

  it.each([0, false, '', 'x', { a: 1 }, []])('echoes ext %j on results and errors', async (ext) => {
    expect(await ask({ method: 'echo', ext })).toEqual({ type: 'rep', id: 1, payload: null, ext });
    expect(await ask({ method: 'fail', ext })).toMatchObject({ error: { code: 1000 }, ext });
    expect(await ask({ method: 'nope', ext })).toMatchObject({ error: { code: 1101 }, ext });
  });

  it('leaves ext null out', async () => {
    expect(await ask({ method: 'echo', ext: null })).toEqual({ type: 'rep', id: 1, payload: null });
  });

  it('runs notifications and never answers them', async () => {
    client.send('{"type":"req","method":"echo","payload":"a"}');
    client.send('{"type":"req","method":"echo","id":null,"payload":"b"}');
    client.send('{"type":"req","method":"fail"}');
    client.send('{"type":"req","method":"crash"}');
    client.send('{"type":"req","method":"nope"}');
    client.send('{"type":"req","method":"count"}');
    client.send('{"type":"req"}');
    expect(await answered()).toEqual([]);
    expect(gateway.executions).toEqual(['a', 'b']);
  });

  it('executes the first frame of a more request, once', async () => {
    client.send('{"type":"req","method":"echo","id":1,"payload":"a","more":true}');
    client.send('{"type":"req","method":"echo","id":1,"payload":"b","more":true}');
    client.send('{"type":"req","id":1,"payload":"c"}');
    client.send('{"type":"req","method":"echo","id":1,"payload":"d","more":false}');
    expect(await answered()).toEqual([
      { type: 'rep', id: 1, payload: 'a' },
      { type: 'rep', id: 1, payload: 'd' },
    ]);
    expect(gateway.executions).toEqual(['a', 'd']);
  });

  it('runs the same id twice at once, with two replies in order of completion', async () => {
    client.send('{"type":"req","method":"hold","id":1}');
    client.send('{"type":"req","method":"hold","id":1}');
    await answered();
    const [first, second] = gateway.held.splice(0);
    second?.('second');
    expect(await client.nextMessage()).toEqual({ type: 'rep', id: 1, payload: 'second' });
    first?.('first');
    expect(await client.nextMessage()).toEqual({ type: 'rep', id: 1, payload: 'first' });
  });

  it('serves two gateways on one connection, with one peer', async () => {
    expect(await ask({ method: 'second', payload: 1 })).toMatchObject({ payload: { second: 1 } });
    expect(await ask({ method: 'echo', payload: 2 })).toMatchObject({ payload: 2 });
    expect(gateway.connected.at(-1)).toBe(server.app.get(SecondGateway).connected.at(-1));
  });

  it('tells a gateway once that a client left', async () => {
    const other = await RawClient.greet(server.url);
    const peer = gateway.connected.at(-1);
    await other.close();
    await answered();
    expect(gateway.disconnected.filter((gone) => gone === peer)).toHaveLength(1);
  });

  it.each([
    ['a DuplexError', 'fail', { code: 1000, message: 'Mine', data: { why: 'because' } }],
    ['another error', 'crash', INTERNAL],
    ['a thrown text', 'throwText', INTERNAL],
    ['a WsException of a handler', 'wsException', INTERNAL],
    ['a failing stream', 'crashingStream', INTERNAL],
    ['a result that JSON cannot carry', 'bigint', INTERNAL],
    ['a refusing guard', 'guarded', { code: 1103, message: 'Forbidden' }],
    ['a guard that misses a header', 'guardedByHeader', { code: 1103, message: 'Forbidden' }],
    [
      'a refusing pipe',
      'number',
      { code: 1102, message: 'Invalid message', data: { field: 'payload', problem: 'expected a number' } },
    ],
    ['an unknown method', 'nope', { code: 1101, message: 'Unknown method' }],
    ['a method of Object.prototype', 'constructor', { code: 1101, message: 'Unknown method' }],
    ['__proto__', '__proto__', { code: 1101, message: 'Unknown method' }],
  ])('answers %s', async (_name, method, error) => {
    expect(await ask({ method })).toEqual({ type: 'rep', id: 1, error });
    expect(await answered()).toEqual([]);
    expect(gateway.executions).toEqual([]);
  });

  it('lets a guard read the headers of the upgrade', async () => {
    const keyed = await DuplexClient.connect(server.url, { headers: { 'x-key': 'sesame' } });
    expect(await keyed.call('guardedByHeader')).toBe('in');
    await keyed.close();
  });

  it('runs pipes', async () => {
    expect(await ask({ method: 'number', payload: 1 })).toMatchObject({ payload: 2 });
  });

  it('streams an Observable, the last value as the final reply', async () => {
    client.send('{"type":"req","method":"count","id":1,"ext":"e"}');
    expect(await answered()).toEqual([
      { type: 'rep', id: 1, payload: 1, more: true, ext: 'e' },
      { type: 'rep', id: 1, payload: 2, more: true, ext: 'e' },
      { type: 'rep', id: 1, payload: 3, ext: 'e' },
    ]);
  });

  it('ends a stream with its error', async () => {
    client.send('{"type":"req","method":"countThenFail","id":1}');
    expect(await answered()).toEqual([
      { type: 'rep', id: 1, payload: 1, more: true },
      { type: 'rep', id: 1, error: { code: 1000, message: 'Mine' } },
    ]);
  });

  it('runs an intercepted handler once, and answers once', async () => {
    client.send('{"type":"req","method":"intercepted","id":1,"payload":"p"}');
    expect(await answered()).toEqual([{ type: 'rep', id: 1, payload: 'p' }]);
    expect(gateway.executions).toEqual(['p']);
  });

  it('lets go of a stream when its client leaves', async () => {
    const other = await RawClient.greet(server.url);
    other.send('{"type":"req","method":"ticks","id":1}');
    await other.next();
    expect(gateway.subscriptions).toBe(1);
    other.socket.terminate();
    await until(() => gateway.subscriptions === 0);
  });

  it.each(['payload', 'ext'])(
    'answers a very deep %s, once: from Node 26 on, JSON can write it again',
    async (field) => {
      const deep = '['.repeat(200_000) + ']'.repeat(200_000);
      client.send(`{"type":"req","method":"second","id":1,"${field}":${deep}}`);
      const [reply, ...others] = await answered();
      expect(reply).toMatchObject({ type: 'rep', id: 1 });
      expect(others).toEqual([]);
    },
  );

  it('ignores keep-alives and replies nobody waits for', async () => {
    client.send('');
    client.send('{"type":"rep","id":1,"payload":1}');
    client.send('{"type":"rep","id":99,"error":{"code":1,"message":"x"}}');
    expect(await answered()).toEqual([]);
  });
});
