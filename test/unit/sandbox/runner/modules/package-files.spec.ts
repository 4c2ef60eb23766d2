import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageFiles } from '../../../../../src/sandbox/runner/modules/file-system.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'package-files-')));
afterAll(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, 'pkg/lib'), { recursive: true });
writeFileSync(join(root, 'pkg/a.js'), '');
writeFileSync(join(root, 'pkg/lib/b.js'), '');
symlinkSync(join(root, 'pkg/lib'), join(root, 'pkg/linked'));
symlinkSync('a.js', join(root, 'pkg/link.js'));
symlinkSync('nowhere', join(root, 'pkg/dangling'));

const files = (mayRead: (path: string) => boolean = (path) => path.startsWith(root)) =>
  new PackageFiles(mayRead);

describe('the files of packages', () => {
  it.each([
    ['a file', 'pkg/a.js', 'file', 'pkg/a.js'],
    ['a folder', 'pkg/lib', 'folder', 'pkg/lib'],
    ['a link to a file', 'pkg/link.js', 'file', 'pkg/a.js'],
    ['a link to a folder', 'pkg/linked', 'folder', 'pkg/lib'],
    ['a file below a link', 'pkg/linked/b.js', 'file', 'pkg/lib/b.js'],
  ])('finds %s, with its real path', (_case, path, kind, real) => {
    const known = files();
    for (let i = 0; i < 2; i++) expect(known.at(join(root, path))).toEqual({ kind, path: join(root, real) });
    // One by one, where a folder cannot be listed.
    expect(files(() => false).at(join(root, path))).toEqual({ kind, path: join(root, real) });
  });

  it.each(['pkg/c.js', 'pkg/dangling', 'pkg/a.js/x.js', 'none/x/y.js', 'pkg/constructor'])(
    'finds nothing at %s',
    (path) => {
      const known = files();
      for (let i = 0; i < 2; i++) expect(known.at(join(root, path))).toBeUndefined();
      expect(known.at(join(root, 'pkg/a.js'))?.kind).toBe('file');
    },
  );
});
