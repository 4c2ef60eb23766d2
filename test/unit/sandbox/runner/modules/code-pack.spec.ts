import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodePack, encodePack } from '../../../../../src/sandbox/runner/modules/code-pack.js';

const folder = mkdtempSync(join(tmpdir(), 'code-pack-'));
const path = join(folder, 'p.pack');
afterAll(() => rmSync(folder, { recursive: true }));

const source = Buffer.from('\uFEFFexports.a = "ä";');
const plain = {
  source,
  text: '(function () {exports.a = "ä";\n})',
  prefix: 14,
  code: Buffer.from('code of plain'),
};
const rewritten = {
  source: Buffer.from('import "x"'),
  text: '(ü)',
  prefix: 1,
  code: Buffer.from('other code'),
};
const files = new Map([
  ['/a/plain.js', plain],
  ['/a/rewritten.mjs', rewritten],
]);

function opened(bytes: Buffer): CodePack | undefined {
  writeFileSync(path, bytes);
  return CodePack.open(path);
}

describe('a code pack', () => {
  it('gives text and code of a file that has the same bytes', () => {
    const pack = opened(encodePack(files));
    for (const [key, { source: bytes, ...made }] of files) expect(pack?.find(key, bytes)).toEqual(made);
    pack?.close();
  });

  it.each([
    ['another file', '/a/other.js', source],
    ['a name that every object has', 'constructor', source],
    ['a changed file of the same length', '/a/plain.js', Buffer.from(source.toString().replace('ä', 'ö'))],
    ['a longer file', '/a/plain.js', Buffer.concat([source, Buffer.from(' ')])],
  ])('gives nothing for %s', (_case, key, bytes) => {
    const pack = opened(encodePack(files));
    expect(pack?.find(key, bytes)).toBeUndefined();
    pack?.close();
  });

  it('gives nothing after any byte of a code or a text was damaged', () => {
    const whole = encodePack(files);
    for (const part of ['code of plain', 'other code', '(ü)']) {
      const damaged = Buffer.from(whole);
      // The last one: the index may have the text, too.
      const at = damaged.lastIndexOf(part);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      const pack = opened(damaged);
      const found = [...files].map(([key, file]) => pack?.find(key, file.source));
      expect(found.filter((one) => one === undefined)).toHaveLength(1);
      pack?.close();
    }
  });

  it('opens no file that is not whole, and none that is not a pack', () => {
    const whole = encodePack(files);
    for (let length = 0; length < whole.length; length += 7)
      expect(opened(whole.subarray(0, length))).toBeUndefined();
    expect(opened(Buffer.concat([whole, Buffer.from(' ')]))).toBeUndefined();
    const huge = Buffer.from(whole);
    huge.writeUInt32LE(0xff_ff_ff_ff, 12);
    expect(opened(huge)).toBeUndefined();
    const broken = Buffer.from(whole);
    broken.fill('{', 16, 30);
    expect(opened(broken)).toBeUndefined();
  });

  it('opens no link, and nothing that is not there', () => {
    writeFileSync(path, encodePack(files));
    symlinkSync(path, join(folder, 'link.pack'));
    expect(CodePack.open(join(folder, 'link.pack'))).toBeUndefined();
    expect(CodePack.open(join(folder, 'absent.pack'))).toBeUndefined();
    expect(CodePack.open(folder)).toBeUndefined();
  });

  it('is the same for the same files', () => {
    expect(encodePack(files)).toEqual(encodePack(new Map(files)));
    expect(readFileSync(path)).toEqual(encodePack(files));
  });
});
