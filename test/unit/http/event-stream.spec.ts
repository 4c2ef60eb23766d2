import { EventStream } from '../../../src/http/event-stream.js';

const noop = (): void => undefined;

describe('EventStream', () => {
  it('begins with its first event, once', () => {
    let begun = 0;
    const stream = new EventStream(() => (begun += 1));
    expect([begun, stream.begun]).toEqual([0, false]);
    stream.event('value', 1);
    stream.event('value', 2);
    expect([begun, stream.begun]).toEqual([1, true]);
    stream.destroy();
  });

  it('gives its events in order, whatever is in them, and counts their bytes', async () => {
    const stream = new EventStream(noop);
    stream.event('console', { text: 'a\n\nevent: result\r\u2028é' });
    stream.event('result', null);
    stream.end();
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    expect(text).toBe(
      'event: console\ndata: {"text":"a\\n\\nevent: result\\r\u2028é"}\n\nevent: result\ndata: null\n\n',
    );
    expect(stream.bytes).toBe(Buffer.byteLength(text));
  });

  it('says when the reader does not keep up, and when it does again', async () => {
    const stream = new EventStream(noop);
    let events = 1;
    while (stream.event('value', 'x'.repeat(1000))) events += 1;
    expect(events).toBeLessThan(1000);
    let drained = false;
    const waiting = stream.drained().then(() => (drained = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(drained).toBe(false);
    stream.resume();
    await waiting;
    stream.destroy();
  });

  it('lets nobody wait for a reader that has gone', async () => {
    const stream = new EventStream(noop);
    while (stream.event('value', 'x'.repeat(1000)));
    const waiting = stream.drained();
    stream.destroy();
    await expect(waiting).resolves.toBeUndefined();
    await expect(stream.drained()).resolves.toBeUndefined();
  });
});
