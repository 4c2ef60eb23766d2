import { jest } from '@jest/globals';
import { EventStream } from '../../../src/http/event-stream.js';

const noop = (): void => undefined;

/** Sends until the reader is behind. */
function flood(stream: EventStream): Promise<void> {
  for (let count = 0; count < 1000; count += 1) {
    const behind = stream.event('value', 'x'.repeat(1000));
    if (behind !== undefined) return behind;
  }
  throw new Error('takes everything');
}

describe('EventStream', () => {
  it('begins with its first event, once', () => {
    let begun = 0;
    const stream = new EventStream(() => (begun += 1));
    expect([begun, stream.begun]).toEqual([0, false]);
    void stream.event('value', 1);
    void stream.event('value', 2);
    expect([begun, stream.begun]).toEqual([1, true]);
    stream.destroy();
  });

  it('gives its events in order, whatever is in them, and counts their bytes', async () => {
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

  it('makes everybody wait for a reader who is behind, and lets all go on when it has read', async () => {
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

  it('lets nobody wait for a reader that has gone', async () => {
    const stream = new EventStream(noop);
    const waiting = flood(stream);
    stream.destroy();
    await expect(waiting).resolves.toBeUndefined();
    expect(stream.event('value', 'x'.repeat(100_000))).toBeUndefined();
  });

  it('says something from time to time when nothing happens, and that is no event', () => {
    jest.useFakeTimers();
    const stream = new EventStream(noop);
    jest.advanceTimersByTime(30_000);
    stream.end();
    jest.advanceTimersByTime(30_000);
    jest.useRealTimers();
    expect([stream.begun, String(stream.read())]).toEqual([true, ':\n\n:\n\n']);
  });
});
