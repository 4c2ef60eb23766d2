import fc from 'fast-check';
import { type Frame, FrameError, FrameReader, encodeFrame } from '../../../../src/sandbox/runner/frames.js';

function read(bytes: Buffer, sizes: readonly number[], limit = 1_000_000): Frame[] {
  const reader = new FrameReader(limit);
  const frames: Frame[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    // A copy of its own, overwritten at once: a reader must not hold on to what it was given.
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    reader.push(chunk, (frame) => frames.push(frame));
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
    expect(read(encodeFrame(5, text), Array<number>(100).fill(30_000), 10_000_000)).toEqual([
      { kind: 5, text },
    ]);
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
});
