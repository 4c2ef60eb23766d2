import { FROM_RUNNER } from '../../../src/sandbox/boundary/messages.js';
import { makePack } from '../../../src/sandbox/code-cache/pack-maker.js';
import type { Launch } from '../../../src/sandbox/pool/launch.js';

/** A process in the place of a maker that a package has taken over; `frame(kind, bytes)` writes to the gateway. */
function makerOf(script: string): Launch {
  const prelude = `
    const fs = require('node:fs');
    const frame = (kind, bytes = Buffer.alloc(0), length = bytes.length + 1) => {
      const head = Buffer.alloc(5);
      head.writeUInt32LE(length);
      head[4] = kind;
      for (const part of [head, bytes]) for (let at = 0; at < part.length;) {
        try { at += fs.writeSync(3, part, at); } catch (error) { if (error.code !== 'EAGAIN') process.exit(1); }
      }
    };
    const [READY, RETURNED, THREW, CONSOLE] = ${JSON.stringify([FROM_RUNNER.ready, FROM_RUNNER.returned, FROM_RUNNER.threw, FROM_RUNNER.console])};
  `;
  return {
    file: process.execPath,
    args: ['-e', prelude + script],
    options: { env: {}, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  };
}

const make = async (script: string) => makePack(makerOf(script), [], 'a', new AbortController().signal);

describe('of a hostile maker process, the gateway takes one pack or one line', () => {
  it.each([
    [
      'frames of another kind',
      'frame(READY); for (;;) frame(CONSOLE, Buffer.from("x"));',
      'it sends what no maker sends',
    ],
    ['the same frame again', 'for (;;) frame(READY);', 'it sends what no maker sends'],
    ['unknown frames before it is ready', 'for (;;) frame(255);', 'it sends what no maker sends'],
    [
      'a pack that is too large',
      'frame(READY); frame(RETURNED, Buffer.alloc(1), 2 ** 31);',
      'it sends too much',
    ],
    ['a text that is too long', 'frame(READY); frame(THREW, Buffer.alloc(1), 100_000);', 'it sends too much'],
    ['no frames', 'for (;;) { try { fs.writeSync(3, Buffer.alloc(65536)) } catch {} }', 'it sends too much'],
    ['a last word', 'frame(READY); process.stderr.write("gone\\nfor good"); ', 'gone'],
    [
      'an answer, and another one',
      'frame(READY); frame(THREW, Buffer.from("one")); frame(RETURNED, Buffer.from("two"));',
      'one',
    ],
  ])('that sends %s', async (_case, script, expected) => {
    expect(await make(script)).toBe(expected);
  });
});
