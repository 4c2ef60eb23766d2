/** The gateway's end of the pipe, on a real socket whose other end is the test's. */
import { once } from 'node:events';
import { type AddressInfo, type Server, Socket, connect, createServer } from 'node:net';
import { jest } from '@jest/globals';
import type { RunnerMessage } from '../../../../src/sandbox/pool/runner-message.js';
import { RunnerPipe } from '../../../../src/sandbox/pool/runner-pipe.js';
import { encodeFrame, FrameReader } from '../../../../src/sandbox/boundary/frames.js';
import { FROM_RUNNER } from '../../../../src/sandbox/boundary/messages.js';
import { until } from '../../../support/until.js';

const LIMITS = { maxResultBytes: 100, maxDepth: 9, maxConsoleLines: 9, maxConsoleBytes: 9 };

let server: Server;
let runner: Socket;
let socket: Socket;
let pipe: RunnerPipe;
let taken: RunnerMessage[];
let ends: string[];
let take: (message: RunnerMessage) => boolean;

beforeEach(async () => {
  // What is not read by a test stays unread in the system.
  server = createServer({ pauseOnConnect: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  [[runner]] = (await Promise.all([once(server, 'connection'), once(socket, 'connect')])) as [[Socket], []];
  runner.setNoDelay(true);
  [taken, ends, take] = [[], [], () => true];
  pipe = new RunnerPipe(socket, {
    message: (message) => {
      taken.push(message);
      return take(message);
    },
    broken: (end) => ends.push(end),
  });
  pipe.limits = LIMITS;
});

afterEach(() => {
  pipe.close();
  runner.destroy();
  server.close();
});

const line = (text: string): Buffer => encodeFrame(FROM_RUNNER.console, `0${text}`);
const textsOf = (messages: readonly RunnerMessage[]): string[] =>
  messages.map((message) => (message.kind === 'console' ? message.text : message.kind));

/** So many turns of the loop, in each of which the pipe may be read. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** The texts of the frames that come to the runner's end. */
async function received(sent: readonly string[]): Promise<readonly string[]> {
  const reader = new FrameReader(Number.MAX_SAFE_INTEGER);
  const got: string[] = [];
  runner.on('data', (chunk: Buffer) => reader.push(chunk, ({ text }) => got.push(text)));
  runner.resume();
  await until(() => got.length === sent.length);
  return got;
}

describe('the pipe to a runner process', () => {
  it('takes a bounded number of frames in a turn, and all of them in the end, in order', async () => {
    const sent = Array.from({ length: 5000 }, (_, i) => `${i}`);
    let [last, most] = [0, 0];
    const count = (): void => {
      most = Math.max(most, taken.length - last);
      last = taken.length;
      if (taken.length < sent.length) setImmediate(count);
    };
    count();
    runner.write(Buffer.concat(sent.map(line)));
    await until(() => taken.length === sent.length);
    expect(textsOf(taken)).toEqual(sent);
    // What a turn takes may be seen as that of two.
    expect(most).toBeLessThanOrEqual(512);
  });

  it('takes no frame while it is held, not even of those that have come', async () => {
    let release: (() => void) | undefined;
    take = (message) => {
      if (textsOf([message])[0] === 'b') pipe.hold(new Promise((resolve) => (release = resolve)));
      return true;
    };
    runner.write(Buffer.concat(['a', 'b', 'c', 'd'].map(line)));
    await until(() => taken.length === 2);
    await turns(20);
    expect(textsOf(taken)).toEqual(['a', 'b']);
    release?.();
    await until(() => taken.length === 4);
    expect(textsOf(taken)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('believes nothing after a lie', async () => {
    take = (message) => textsOf([message])[0] !== 'b';
    runner.write(Buffer.concat(['a', 'b', 'c'].map(line)));
    await until(() => ends.length > 0);
    runner.write(line('d'));
    await turns(50);
    expect([textsOf(taken), ends, pipe.stopped]).toEqual([['a', 'b'], ['protocol_violation'], true]);
  });

  it.each([
    ['a line', FROM_RUNNER.console, 11],
    ['a value', FROM_RUNNER.returned, 101],
    ['a yielded value', FROM_RUNNER.yielded, 101],
    ['a call', FROM_RUNNER.called, 400],
    ['an error', FROM_RUNNER.threw, 1_300_000],
    ['a limit', FROM_RUNNER.exhausted, 17],
    ['a text about a request', FROM_RUNNER.egress, 262_145],
    ['waiting', FROM_RUNNER.waiting, 1],
    ['the end of the console', FROM_RUNNER.consoleCut, 1],
    ['nothing to call', FROM_RUNNER.missing, 12_200],
    ['a call without an answer', FROM_RUNNER.unanswered, 9],
    ['ready', FROM_RUNNER.ready, 1],
    ['idle', FROM_RUNNER.idle, 1],
    ['what is unknown', 77, 1],
  ])('refuses %s that is too long by its length and kind alone', async (_, kind, length) => {
    const header = Buffer.alloc(5);
    header.writeUInt32LE(length + 1, 0);
    header[4] = kind;
    runner.write(header);
    await until(() => ends.length > 0);
    expect([ends, taken]).toEqual([['protocol_violation'], []]);
  });

  it('believes nothing about an execution while none runs', async () => {
    pipe.limits = undefined;
    runner.write(encodeFrame(FROM_RUNNER.missing, ''));
    await until(() => ends.length > 0);
    expect([ends, taken]).toEqual([['protocol_violation'], []]);
  });

  describe('sends', () => {
    /** Short frames and one that no pipe has room for, so that the stream takes over and gives back. */
    const texts = Array.from({ length: 300 }, (_, i) => (i % 100 === 50 ? `${i} `.repeat(2 ** 19) : `${i}`));

    it('frames in order, whole, whatever the pipe has room for', async () => {
      let flushed = 0;
      for (const text of texts) pipe.send(1, text, () => (flushed += 1));
      expect(pipe.backlog).toBeGreaterThan(0);
      // Not `toEqual`: a difference would be printed, 6 MB of it.
      expect((await received(texts)).every((text, i) => text === texts[i])).toBe(true);
      await until(() => flushed === texts.length);
    });

    it('what it is given in parts', async () => {
      for (const text of texts) pipe.send(1, ['[', text, ']']);
      expect((await received(texts)).every((text, i) => text === `[${texts[i]}]`)).toBe(true);
    });

    it('frames through the stream when Node does not show the descriptor', async () => {
      // The property is Node's own, and may go.
      const { _handle: handle } = socket as unknown as { readonly _handle: object };
      Object.defineProperty(handle, 'fd', { value: undefined });
      const writes = jest.spyOn(socket, 'write');
      for (const text of texts) pipe.send(1, text);
      expect((await received(texts)).every((text, i) => text === texts[i])).toBe(true);
      expect(writes).toHaveBeenCalledTimes(texts.length);
    });

    it('until its end is closed with unread frames, and reports that once', async () => {
      pipe.send(1, 'a');
      runner.destroy();
      await until(() => {
        // Whether the system reports the closed end to this, or to the next read.
        pipe.send(1, 'b');
        return ends.length > 0;
      });
      expect([ends, pipe.unread]).toEqual([['died'], true]);
    });
  });
});
