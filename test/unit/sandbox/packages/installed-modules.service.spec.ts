import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InstalledModules } from '../../../../src/sandbox/packages/installed-modules.service.js';
import { DEFAULT_SANDBOX_OPTIONS } from '../../../../src/sandbox/sandbox.options.js';
import { installFixtures } from '../../../support/modules.js';

function install(moduleDir: string, name: string): void {
  mkdirSync(join(moduleDir, name));
  writeFileSync(join(moduleDir, name, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
}

describe('InstalledModules', () => {
  it('reads at start, and again on reload, which it tells', async () => {
    const moduleDir = installFixtures({ 'a/package.json': '{"name":"a","version":"1.0.0"}' });
    const modules = new InstalledModules({ ...DEFAULT_SANDBOX_OPTIONS, moduleDirs: [moduleDir] });
    const told: string[][] = [];
    const stop = modules.onReload((packages) => told.push(packages.map(({ name }) => name)));
    expect(modules.packages).toEqual([]);

    await modules.onModuleInit();
    expect(modules.packages.map(({ name }) => name)).toEqual(['a']);
    expect(told).toEqual([]);

    install(moduleDir, 'b');
    await Promise.all([modules.reload(), modules.reload()]);
    expect(told).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);

    stop();
    install(moduleDir, 'c');
    await modules.reload();
    expect(told).toHaveLength(2);
    expect(modules.packages).toHaveLength(3);
  });
});
