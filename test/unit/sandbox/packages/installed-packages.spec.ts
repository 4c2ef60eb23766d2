import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { installedPackages } from '../../../../src/sandbox/packages/installed-packages.js';
import { installFixtures } from '../../../support/modules.js';

const linked = installFixtures({ 'real/package.json': '{"name":"other-name","version":"3.0.0"}' });
const first = installFixtures({
  'a/package.json': '{"name":"a","version":"1.0.0"}',
  '@scope/b/package.json': '{"name":"@scope/b","version":"2.0.0"}',
  '@scope/c/package.json': '{"name":"@scope/c"}',
  linked: { link: join(linked, 'real') },
  dangling: { link: join(linked, 'nothing') },
  'broken/package.json': '{',
  'list/package.json': '[]',
  'bare/index.js': '',
  '.bin/tool/package.json': '{"name":"tool"}',
  'file.js': '',
  'javascriptd/package.json': '{"name":"javascriptd","version":"1.0.0"}',
  'renamed/package.json': '{"name":"javascriptd","version":"1.0.0"}',
});
const second = installFixtures({
  'a/package.json': '{"name":"a","version":"9.0.0"}',
  'd/package.json': '{"name":"d","version":"4.0.0"}',
});

describe('installedPackages', () => {
  it('finds packages, scopes and links, and leaves out what is broken, hidden or the service itself', async () => {
    expect(await installedPackages([first])).toEqual([
      { name: '@scope/b', version: '2.0.0', dir: join(first, '@scope/b') },
      { name: '@scope/c', version: '0.0.0', dir: join(first, '@scope/c') },
      { name: 'a', version: '1.0.0', dir: join(first, 'a') },
      { name: 'linked', version: '3.0.0', dir: realpathSync(join(linked, 'real')) },
    ]);
  });

  it('lets the first folder win', async () => {
    const found = await installedPackages([first, second]);
    expect(found.find(({ name }) => name === 'a')?.version).toBe('1.0.0');
    expect(found.map(({ name }) => name)).toContain('d');
    expect((await installedPackages([second, first])).find(({ name }) => name === 'a')?.version).toBe(
      '9.0.0',
    );
  });

  it('takes a folder that does not exist, or is a file, for an empty one', async () => {
    expect(await installedPackages(['/no/such/folder', join(first, 'file.js')])).toEqual([]);
  });

  it('reads a thousand packages', async () => {
    const many = installFixtures(
      Object.fromEntries(
        Array.from({ length: 1000 }, (_, i) => [
          `p${i}/package.json`,
          `{"name":"p${i}","version":"1.0.${i}"}`,
        ]),
      ),
    );
    expect(await installedPackages([many])).toHaveLength(1000);
  });
});
