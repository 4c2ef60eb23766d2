import { jest } from '@jest/globals';
import { EventStream } from '../../../src/http/event-stream.js';

const noop = (): void => undefined;

/** Sends events until the reader is too slow. */
function flood(stream: EventStream): Promise<void> {
  for (let count = 0; count < 1000; count += 1) {
    const behind = stream.event('value', 'x'.repeat(1000));
    if (behind !== undefined) return behind;
  }
  throw new Error('the stream buffers without limit');
}

describe('EventStream', () => {
  it('starts once, with its first event', () => {
    let starts = 0;
    const stream = new EventStream(() => (starts += 1));
    expect([starts, stream.started]).toEqual([0, false]);
    void stream.event('value', 1);
    void stream.event('value', 2);
    expect([starts, stream.started]).toEqual([1, true]);
    stream.destroy();
  });

  it('sends its events in order, escapes their data, and counts their bytes', async () => {
    const stream = new EventStream(noop);
    void stream.event('console', { text: 'a\n\nevent: result\r\u2028é' });
    void stream.event('result', null);
    stream.end();
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    expect(text).toBe(
      'event: console\ndata: {"text":"a\\n\\nevent: result\\r\u2028é"}\n\nevent: result\ndata: null\n\n',
    );
    expect(stream.bytes).toBe(Buffer.byteLength(text));
  });

  it('makes all writers wait for a slow reader until it has read', async () => {
    const stream = new EventStream(noop);
    let drained = 0;
    const waiting = [flood(stream), flood(stream)].map((behind) => behind.then(() => (drained += 1)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(drained).toBe(0);
    stream.resume();
    await Promise.all(waiting);
    expect(stream.event('value', 1)).toBeUndefined();
    stream.destroy();
  });

  it('makes no writer wait for a disconnected reader', async () => {
    const stream = new EventStream(noop);
    const waiting = flood(stream);
    stream.destroy();
    await expect(waiting).resolves.toBeUndefined();
    expect(stream.event('value', 'x'.repeat(100_000))).toBeUndefined();
  });

  it('sends comment lines as heartbeat', () => {
    jest.useFakeTimers();
    const stream = new EventStream(noop);
    jest.advanceTimersByTime(30_000);
    stream.end();
    jest.advanceTimersByTime(30_000);
    jest.useRealTimers();
    expect([stream.started, String(stream.read())]).toEqual([true, ':\n\n:\n\n']);
  });
});
