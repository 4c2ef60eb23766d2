import fc from 'fast-check';
import { FrameError, FrameReader, encodeFrame } from '../../../../src/sandbox/boundary/frames.js';

interface Read {
  readonly kind: number;
  readonly text: string;
}

function read(bytes: Buffer, sizes: readonly number[], limit = 1_000_000): Read[] {
  const reader = new FrameReader(limit);
  const frames: Read[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    // A copy of its own, overwritten at once: a reader must not hold on to what it was given.
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    reader.push(chunk, ({ kind, text }) => frames.push({ kind, text }));
    chunk.fill(0xff);
    at += size;
  }
  return frames;
}

describe('frames', () => {
  it('come out as they went in, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ kind: fc.integer({ min: 0, max: 255 }), text: fc.string({ unit: 'grapheme' }) }),
        ),
        fc.array(fc.integer({ min: 0, max: 12 })),
        (frames, sizes) => {
          const bytes = Buffer.concat(frames.map(({ kind, text }) => encodeFrame(kind, text)));
          expect(read(bytes, sizes)).toEqual(frames);
        },
      ),
    );
  });

  it('carries a frame of several megabytes that arrives in small chunks', () => {
    const text = 'ä€😀'.repeat(300_000);
    const [frame, ...more] = read(encodeFrame(5, text), Array<number>(100).fill(30_000), 10_000_000);
    // Compared outside of expect, which would print megabytes.
    expect([frame?.kind, frame?.text === text, more]).toEqual([5, true, []]);
  });

  it.each([
    ['longer than the limit', [0xff, 0xff, 0xff, 0x7f, 1]],
    ['longer than the limit by one', [101, 0, 0, 0, 1]],
    ['of no length at all', [0, 0, 0, 0, 1]],
  ])('refuses a frame %s, before it has arrived', (_, bytes) => {
    expect(() => read(Buffer.from(bytes), [], 100)).toThrow(FrameError);
  });

  it('refuses a length that arrives byte by byte', () => {
    expect(() => read(Buffer.from([0xff, 0xff, 0xff, 0x7f, 1]), [1, 1, 1, 1], 100)).toThrow(FrameError);
  });

  it('are limited each by its kind, as soon as length and kind are there', () => {
    const reader = new FrameReader((kind) => (kind === 1 ? 10 : 1));
    reader.add(encodeFrame(1, '123456789'));
    expect(reader.next()?.text).toBe('123456789');
    reader.add(encodeFrame(2, ''));
    expect(reader.next()?.kind).toBe(2);
    reader.add(Buffer.from([2, 0, 0, 0, 2]));
    expect(() => reader.next()).toThrow(FrameError);
  });

  it('are taken one by one: what is behind one of them stays', () => {
    const reader = new FrameReader(100);
    reader.add(Buffer.concat([encodeFrame(1, 'a'), encodeFrame(2, 'b'), Buffer.from([9, 0])]));
    expect(reader.next()?.text).toBe('a');
    expect(reader.buffered).toBe(8);
    expect(reader.next()?.text).toBe('b');
    expect(reader.next()).toBeUndefined();
    expect(reader.buffered).toBe(2);
  });
});
