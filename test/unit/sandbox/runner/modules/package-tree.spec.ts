import { readableFolders } from '../../../../../src/sandbox/boundary/readable-folders.js';
import { PackageTree } from '../../../../../src/sandbox/runner/modules/package-tree.js';

const packages = [
  { name: 'a', version: '1.0.0', dir: '/g/node_modules/a' },
  { name: '@s/b', version: '2.0.0', dir: '/g/node_modules/@s/b' },
  { name: 'linked', version: '3.0.0', dir: '/home/me/linked' },
  { name: 'pnpm', version: '4.0.0', dir: '/p/node_modules/.pnpm/pnpm@4.0.0/node_modules/pnpm' },
];
const tree = () => new PackageTree(packages, () => '1.0.0');

describe('readableFolders', () => {
  it('names the outermost node_modules, and the folder of a linked package', () => {
    expect(readableFolders(packages)).toEqual(['/g/node_modules', '/home/me/linked', '/p/node_modules']);
  });
});

describe('PackageTree', () => {
  it.each([
    ['/g/node_modules/a/lib/x.js', '/modules/a@1.0.0/lib/x.js'],
    ['/g/node_modules/a', '/modules/a@1.0.0'],
    ['/g/node_modules/@s/b/x.js', '/modules/@s/b@1.0.0/x.js'],
    ['/g/node_modules/a/node_modules/@t/c/x.js', '/modules/@t/c@1.0.0/x.js'],
    ['/home/me/linked/x.js', '/modules/linked@1.0.0/x.js'],
    ['/home/me/linked/node_modules/d/x.js', '/modules/d@1.0.0/x.js'],
    ['/p/node_modules/.pnpm/dep@1.0.0/node_modules/dep/x.js', '/modules/dep@1.0.0/x.js'],
  ])('calls %s %s, and finds it again', (path, key) => {
    const known = tree();
    expect(known.keyOf(path)).toBe(key);
    expect(known.pathOf(key)).toBe(path);
  });

  it.each(['/etc/passwd', '/home/me/linked-not/x.js', '/g/node_modules', '/g/node_modules/.bin/x'])(
    'has no name for %s',
    (path) => {
      expect(tree().keyOf(path)).toBeUndefined();
    },
  );

  it('tells two copies of one version apart', () => {
    const known = tree();
    expect(known.keyOf('/g/node_modules/a/node_modules/d/x.js')).toBe('/modules/d@1.0.0/x.js');
    expect(known.keyOf('/g/node_modules/@s/b/node_modules/d/x.js')).toBe('/modules/d@1.0.0~2/x.js');
  });

  it('knows no path of a package that it has not named', () => {
    expect(tree().pathOf('/modules/a@1.0.0/x.js')).toBeUndefined();
    expect(tree().pathOf('/etc/passwd')).toBeUndefined();
  });
});
