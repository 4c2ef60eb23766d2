import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CacheFolder } from '../../../../src/sandbox/code-cache/cache-folder.js';

const KEY = 'a'.repeat(32);
const OTHER_KEY = 'b'.repeat(32);
const uid = process.geteuid?.();
const owners = { uid, areRunners: false };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'code-cache-'));
  chmodSync(root, 0o755);
});
afterEach(() => rmSync(root, { recursive: true }));

const open = (who = owners, maxBytes = 1000) => CacheFolder.open(root, KEY, who, maxBytes);

describe('the folder of the code cache', () => {
  it('keeps packs that everybody may read and nobody write, and has them when it is opened again', async () => {
    const folder = open();
    expect(await folder.put('@a/b', Buffer.from('pack'))).toBe(true);
    expect(await folder.put('@a/b', Buffer.from('newer pack'))).toBe(true);
    const path = join(root, KEY, '%40a%2Fb.pack');
    expect(readFileSync(path, 'utf8')).toBe('newer pack');
    expect(lstatSync(path).mode & 0o777).toBe(0o444);
    expect(readdirSync(join(root, KEY))).toHaveLength(1);
    const again = open();
    expect(again.madeAt('@a/b')).toBeCloseTo(Date.now(), -5);
    expect(again.madeAt('c')).toBeUndefined();
  });

  it('creates missing folders, for its own user to write', () => {
    const deep = join(root, 'x', 'y');
    expect(CacheFolder.open(deep, KEY, owners, 1000)).toMatchObject({
      path: join(deep, KEY),
      isWritable: true,
    });
    expect(lstatSync(deep).mode & 0o022).toBe(0);
  });

  it.each([
    ['the root', ''],
    ['the folder of the packs', KEY],
    ['a pack', `${KEY}/a.pack`],
  ])('is not used when others may write %s', async (_case, path) => {
    await open().put('a', Buffer.from('pack'));
    chmodSync(join(root, path), 0o757);
    expect(() => open()).toThrow(/can be written by other users/);
  });

  it('is not used when others may write a folder above it, unless that keeps them from renaming', () => {
    const above = join(root, 'above');
    mkdirSync(above);
    chmodSync(above, 0o777);
    const below = () => CacheFolder.open(join(above, 'root'), KEY, owners, 1000);
    expect(below).toThrow(/above can be written by other users/);
    chmodSync(above, 0o1777);
    expect(below).not.toThrow();
  });

  it('is not used when a pack is a link or a folder', () => {
    open();
    symlinkSync('/etc/passwd', join(root, KEY, 'a.pack'));
    expect(() => open()).toThrow(/a\.pack is not a file/);
    rmSync(join(root, KEY, 'a.pack'));
    mkdirSync(join(root, KEY, 'a.pack'));
    expect(() => open()).toThrow(/a\.pack is not a file/);
  });

  it('is not used when it belongs to the user of the runner processes, which nothing keeps from writing', () => {
    expect(() => open({ uid, areRunners: true })).toThrow(/belongs to the user of the runner processes/);
  });

  it('is not used when it belongs to another user', () => {
    open();
    if (uid === 0) chownSync(root, 1234, 1234);
    const self = uid === 0 ? 0 : 1;
    expect(() => open({ uid: self, areRunners: false })).toThrow(/belongs to another user/);
  });

  it('is found without the links that led to it, which somebody else may change', async () => {
    await open().put('a', Buffer.from('pack'));
    const link = join(root, 'link');
    symlinkSync('/proc/self', link);
    // Nothing can be created there, so that it is known only by its parent.
    expect(CacheFolder.open(link, KEY, owners, 1000).path).toBe(join(`/proc/${process.pid}`, KEY));
    rmSync(link);
    symlinkSync(root, link);
    expect(CacheFolder.open(link, KEY, owners, 1000).path).toBe(join(root, KEY));
  });

  it('says where it cannot be created', () => {
    expect(() => CacheFolder.open('/proc/self/cache', KEY, owners, 1000)).toThrow(
      '/proc/self/cache does not exist and cannot be created',
    );
  });

  it('takes no more than it may have, and packs for other versions make room', async () => {
    mkdirSync(join(root, OTHER_KEY));
    writeFileSync(join(root, OTHER_KEY, 'old.pack'), Buffer.alloc(600));
    utimesSync(join(root, OTHER_KEY), 1, 1);
    writeFileSync(join(root, 'not-ours'), Buffer.alloc(600));
    const folder = open();
    expect(await folder.put('a', Buffer.alloc(300))).toBe(true);
    expect(existsSync(join(root, OTHER_KEY))).toBe(true);
    expect(await folder.put('b', Buffer.alloc(300))).toBe(true);
    expect(existsSync(join(root, OTHER_KEY))).toBe(false);
    expect(await folder.put('c', Buffer.alloc(500))).toBe(false);
    expect(await folder.put('a', Buffer.alloc(500))).toBe(true);
    expect(readdirSync(root).toSorted()).toEqual([KEY, 'not-ours']);
  });

  it('removes packs of packages that are no longer installed, and what an interrupted write has left', async () => {
    const folder = open();
    await folder.put('a', Buffer.from('x'));
    await folder.put('b', Buffer.from('x'));
    folder.keepOnly(['b']);
    writeFileSync(join(root, KEY, 'c.pack.77'), 'half', { mode: 0o444 });
    open();
    expect(readdirSync(join(root, KEY))).toEqual(['b.pack']);
  });
});
