import { Subject, of, throwError } from 'rxjs';
import { DuplexError } from '../../../src/protocol/errors.js';
import { Peer } from '../../../src/protocol/peer.js';
import { DEFAULT_PROTOCOL_OPTIONS, type ProtocolOptions } from '../../../src/protocol/protocol.options.js';
import { PlainConnection } from '../../support/plain-connection.js';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function connect(options: Partial<ProtocolOptions> = {}) {
  const connection = new PlainConnection();
  const faults: unknown[] = [];
  const peer = new Peer(
    connection,
    { headers: { 'x-test': 'yes' }, identity: 'me' },
    { ...DEFAULT_PROTOCOL_OPTIONS, ...options },
    (error) => faults.push(error),
  );
  const receive = (frame: unknown): void => {
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
    peer.receive(Buffer.from(text));
  };
  return { connection, peer, receive, faults };
}

/** A peer that was greeted, with an `echo` method and a `wait` method that is answered by hand. */
function open(options: Partial<ProtocolOptions> = {}) {
  const side = connect(options);
  const waiting: ((value: unknown) => void)[] = [];
  side.peer.handle('echo', (payload) => payload);
  side.peer.handle('wait', () => new Promise((resolve) => waiting.push(resolve)));
  side.receive('SIMPLEX/1.0;json');
  return { ...side, waiting };
}

const req = (id: unknown, method: string, rest: object = {}): object => ({
  type: 'req',
  id,
  method,
  ...rest,
});

describe('Peer, greeting', () => {
  it('accepts with +OK in a frame of its own', () => {
    const { connection, peer } = open();
    expect(connection.frames).toEqual(['+OK']);
    peer.end();
  });

  it.each(['', 'hello', '{"type":"req","method":"echo","id":1}', 'SIMPLEX/1.0;msgpack'])(
    'refuses %j',
    (frame) => {
      const { connection, peer, receive } = connect();
      receive(frame);
      receive('SIMPLEX/1.0;json');
      expect(connection.frames).toEqual([expect.stringMatching(/^-ERR .{1,27}$/)]);
      expect(connection.closing?.code).toBe(1002);
      expect(peer.closed.aborted).toBe(true);
    },
  );

  it('refuses a binary frame', () => {
    const { connection, peer } = connect();
    peer.receiveBinary();
    expect(connection.frames).toEqual(['-ERR handshake must be text']);
    expect(connection.closing?.code).toBe(1002);
  });

  it('refuses when no greeting comes in time', async () => {
    const { connection } = connect({ handshakeTimeoutMs: 5 });
    await wait(30);
    expect(connection.frames).toEqual(['-ERR handshake timeout']);
    expect(connection.closing?.code).toBe(1002);
  });

  it('keeps what the upgrade said', () => {
    const { peer } = open();
    expect(peer.headers['x-test']).toBe('yes');
    expect(peer.identity).toBe('me');
  });
});

describe('Peer, requests', () => {
  it('answers with what the handler returns', async () => {
    const { connection, receive } = open();
    receive(req(1, 'echo', { payload: { a: [1] }, ext: 'e' }));
    await tick();
    expect(connection.messages).toEqual([{ type: 'rep', id: 1, payload: { a: [1] }, ext: 'e' }]);
  });

  it.each(['nope', '', 'constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'answers the unknown method %j',
    (method) => {
      const { connection, receive } = open();
      receive(req('a', method));
      expect(connection.messages).toEqual([
        { type: 'rep', id: 'a', error: { code: 1101, message: 'Unknown method' } },
      ]);
    },
  );

  it('answers an unusable request, naming the field', () => {
    const { connection, receive } = open();
    receive({ type: 'req', id: 3, method: 5 });
    expect(connection.messages).toEqual([
      {
        type: 'rep',
        id: 3,
        error: { code: 1102, message: 'Invalid message', data: { field: 'method', problem: 'must be text' } },
      },
    ]);
    expect(connection.closing).toBeUndefined();
  });

  it.each([
    [req(undefined, 'echo')],
    [req(null, 'echo')],
    [req(null, 'nope')],
    [{ type: 'req' }],
    [req(undefined, 'throws')],
  ])('never answers the notification %j', async (frame) => {
    const { connection, peer, receive } = open();
    peer.handle('throws', () => {
      throw new DuplexError(1, 'x');
    });
    receive(frame);
    await tick();
    expect(connection.messages).toEqual([]);
    expect(peer.inFlight).toBe(0);
  });

  it('ignores keep-alives and replies', () => {
    const { connection, receive } = open();
    receive('');
    receive({ type: 'rep', id: 1, payload: 1 });
    expect(connection.messages).toEqual([]);
    expect(connection.closing).toBeUndefined();
  });

  it.each([
    ['SIMPLEX/1.0;json', 1007],
    ['{', 1007],
    ['[]', 1002],
    ['{"type":"x","id":1}', 1002],
    ['{"type":"req","method":"echo","id":{}}', 1002],
  ])('closes on %j', (frame, code) => {
    const { connection, peer, receive } = open();
    receive(frame);
    expect(connection.closing?.code).toBe(code);
    expect(peer.closed.aborted).toBe(true);
  });

  it('closes on a binary frame', () => {
    const { connection, peer } = open();
    peer.receiveBinary();
    expect(connection.closing).toEqual({ code: 1003, reason: 'frames must be text' });
  });

  it('answers a throw and a rejection as internal, and reports them', async () => {
    const { connection, faults, peer, receive } = open();
    peer.handle('throw', () => {
      throw new Error('secret');
    });
    peer.handle('reject', () => Promise.reject(new DuplexError(1000, 'Mine')));
    receive(req(1, 'throw'));
    receive(req(2, 'reject'));
    await tick();
    expect(connection.messages).toEqual([
      { type: 'rep', id: 1, error: { code: 1203, message: 'Internal' } },
      { type: 'rep', id: 2, error: { code: 1000, message: 'Mine' } },
    ]);
    expect(faults).toEqual([expect.objectContaining({ message: 'secret' })]);
  });

  it('runs the same id twice at once and answers in order of completion', async () => {
    const { connection, receive, waiting } = open();
    receive(req(1, 'wait'));
    receive(req(1, 'wait'));
    waiting[1]?.('second');
    await tick();
    waiting[0]?.('first');
    await tick();
    expect(connection.messages).toEqual([
      { type: 'rep', id: 1, payload: 'second' },
      { type: 'rep', id: 1, payload: 'first' },
    ]);
  });

  it('sends nothing once closed, and serves nothing', async () => {
    const { connection, peer, receive, waiting } = open();
    receive(req(1, 'wait'));
    peer.close(1001, 'bye');
    waiting[0]?.('late');
    receive(req(2, 'echo'));
    await tick();
    expect(connection.messages).toEqual([]);
    expect(connection.closing).toEqual({ code: 1001, reason: 'bye' });
  });
});

describe('Peer, more', () => {
  it('executes the first payload and answers once', async () => {
    const { connection, receive } = open();
    receive(req(1, 'echo', { payload: 'a', more: true }));
    receive(req(1, 'echo', { payload: 'b', more: true }));
    receive({ type: 'req', id: 1, payload: 'c' });
    await tick();
    expect(connection.messages).toEqual([{ type: 'rep', id: 1, payload: 'a' }]);
  });

  it('lets an id be used again after its final frame', async () => {
    const { connection, receive } = open();
    receive(req(1, 'echo', { payload: 'a', more: true }));
    receive(req(1, 'echo', { more: false }));
    receive(req(1, 'echo', { payload: 'd' }));
    await tick();
    expect(connection.messages).toHaveLength(2);
  });

  it('treats ids 1 and "1" as different', async () => {
    const { connection, receive } = open();
    receive(req(1, 'echo', { payload: 'a', more: true }));
    receive(req('1', 'echo', { payload: 'b' }));
    await tick();
    expect(connection.messages).toEqual([
      { type: 'rep', id: 1, payload: 'a' },
      { type: 'rep', id: '1', payload: 'b' },
    ]);
  });

  it('answers an unknown method once, however many frames follow', () => {
    const { connection, receive } = open();
    receive(req(1, 'nope', { more: true }));
    receive(req(1, 'nope', { more: true }));
    receive(req(1, 'nope'));
    expect(connection.messages).toHaveLength(1);
  });

  it('closes when too many ids stay unfinished', () => {
    const { connection, receive } = open({ maxOpenStreams: 2 });
    receive(req(1, 'echo', { more: true }));
    receive(req(2, 'echo', { more: true }));
    receive(req(1, 'echo', { more: true }));
    expect(connection.closing).toBeUndefined();
    receive(req(3, 'echo', { more: true }));
    expect(connection.closing?.code).toBe(1008);
  });
});

describe('Peer, streams of replies', () => {
  it('sends values as they come, the last one as the final reply', async () => {
    const { connection, peer, receive } = open();
    peer.handle('count', () => of(1, 2, 3));
    receive(req(1, 'count'));
    await tick();
    expect(connection.messages).toEqual([
      { type: 'rep', id: 1, payload: 1, more: true },
      { type: 'rep', id: 1, payload: 2, more: true },
      { type: 'rep', id: 1, payload: 3 },
    ]);
  });

  it('answers an empty stream with null', async () => {
    const { connection, peer, receive } = open();
    peer.handle('none', () => of());
    receive(req(1, 'none'));
    await tick();
    expect(connection.messages).toEqual([{ type: 'rep', id: 1, payload: null }]);
  });

  it('answers a failing stream with its error', async () => {
    const { connection, peer, receive } = open();
    peer.handle('fails', () => throwError(() => new DuplexError(1000, 'Mine')));
    receive(req(1, 'fails'));
    await tick();
    expect(connection.messages).toEqual([{ type: 'rep', id: 1, error: { code: 1000, message: 'Mine' } }]);
  });

  it('lets go of a stream when the connection ends', async () => {
    const { peer, receive } = open();
    const subject = new Subject<number>();
    peer.handle('follow', () => subject);
    receive(req(1, 'follow'));
    await tick();
    expect(subject.observed).toBe(true);
    peer.end();
    expect(subject.observed).toBe(false);
  });

  it('lets go of a stream that overfills the connection while it is subscribed to', async () => {
    const { connection, peer, receive } = open({ sendBufferBytes: 50, maxSendBufferBytes: 100 });
    connection.stuck = true;
    peer.handle('flood', () => of(...Array.from({ length: 50 }, () => 'x'.repeat(20))));
    receive(req(1, 'flood'));
    await tick();
    expect(connection.closing?.code).toBe(1013);
    expect(connection.frames.length).toBeLessThan(5);
  });
});

describe('Peer, flow control', () => {
  it('pauses reading while too many requests are in flight', async () => {
    const { connection, receive, waiting } = open({ maxInFlight: 2 });
    receive(req(1, 'wait'));
    expect(connection.paused).toBe(false);
    receive(req(2, 'wait'));
    expect(connection.paused).toBe(true);
    waiting[0]?.(1);
    await tick();
    expect(connection.paused).toBe(false);
  });

  it('pauses reading while too many bytes are in flight', async () => {
    const { connection, receive, waiting } = open({ maxInFlightBytes: 200 });
    receive(req(1, 'wait', { payload: 'x'.repeat(300) }));
    expect(connection.paused).toBe(true);
    waiting[0]?.(1);
    await tick();
    expect(connection.paused).toBe(false);
  });

  it('pauses reading while the client does not read, and resumes once it did', async () => {
    const { connection, receive } = open({ sendBufferBytes: 100 });
    connection.stuck = true;
    receive(req(1, 'echo', { payload: 'x'.repeat(200) }));
    await tick();
    expect(connection.paused).toBe(true);
    connection.drain();
    expect(connection.paused).toBe(false);
    expect(connection.closing).toBeUndefined();
  });

  it('answers pings, and pauses a client that pings and does not read', () => {
    const { connection, peer } = open({ sendBufferBytes: 100 });
    peer.receivePing(Buffer.from('a'));
    expect(connection.frames).toEqual(['+OK', 'pong a']);
    connection.stuck = true;
    for (let ping = 0; ping < 20; ping++) peer.receivePing(Buffer.from('0123456789'));
    expect(connection.paused).toBe(true);
    connection.drain();
    expect(connection.paused).toBe(false);
  });

  it('closes a client that lets too much pile up', async () => {
    const { connection, receive } = open({ sendBufferBytes: 100, maxSendBufferBytes: 500 });
    connection.stuck = true;
    for (let id = 1; id <= 10; id++) receive(req(id, 'echo', { payload: 'x'.repeat(200) }));
    await tick();
    expect(connection.closing).toEqual({ code: 1013, reason: 'reads too slowly' });
    expect(connection.bufferedAmount).toBeLessThan(1000);
    // So that its closing frame can be seen.
    expect(connection.paused).toBe(false);
  });

  it('closes a client that does not drain in time', async () => {
    const { connection, receive } = open({ sendBufferBytes: 100, drainTimeoutMs: 5 });
    connection.stuck = true;
    receive(req(1, 'echo', { payload: 'x'.repeat(200) }));
    await wait(30);
    expect(connection.closing?.code).toBe(1013);
  });
});

describe('Peer, heartbeat', () => {
  it('terminates a connection that stays silent after a ping', () => {
    const { connection, peer } = open();
    peer.beat();
    expect(connection).toMatchObject({ pings: 1, terminated: false });
    peer.beat();
    expect(connection.terminated).toBe(true);
  });

  it('keeps a connection from which anything came', () => {
    const { connection, peer } = open();
    for (let beat = 0; beat < 5; beat++) {
      peer.beat();
      connection.bytesRead++;
    }
    expect(connection).toMatchObject({ pings: 5, terminated: false });
  });

  it('does not take its own pausing for silence', async () => {
    const { connection, peer, receive, waiting } = open({ maxInFlight: 1 });
    receive(req(1, 'wait'));
    peer.beat();
    peer.beat();
    peer.beat();
    waiting[0]?.(1);
    await tick();
    peer.beat();
    expect(connection.terminated).toBe(false);
    peer.beat();
    expect(connection.terminated).toBe(true);
  });
});

describe('Peer, drain', () => {
  it('answers what runs, refuses what is new', async () => {
    const { connection, peer, receive, waiting } = open();
    receive(req(1, 'wait'));
    let drained = false;
    const done = peer.drain().then(() => (drained = true));
    receive(req(2, 'echo'));
    await tick();
    expect(drained).toBe(false);
    waiting[0]?.('done');
    await done;
    expect(connection.messages).toEqual([
      { type: 'rep', id: 2, error: { code: 1202, message: 'Shutting down' } },
      { type: 'rep', id: 1, payload: 'done' },
    ]);
  });

  it('is done at once when nothing runs, and when the connection is gone', async () => {
    await expect(open().peer.drain()).resolves.toBeUndefined();
    const { peer, receive } = open();
    receive(req(1, 'wait'));
    const done = peer.drain();
    peer.end();
    await expect(done).resolves.toBeUndefined();
  });
});
