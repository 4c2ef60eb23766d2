import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldersOf } from '../../../../src/sandbox/packages/folders.js';
import { examineSandbox } from '../../../../src/sandbox/index.js';

/** As a volume has it: of any name. */
const moduleDir = realpathSync(mkdtempSync(join(tmpdir(), 'javascriptd-volume-')));
chmodSync(moduleDir, 0o755);
mkdirSync(join(moduleDir, 'good'));
writeFileSync(join(moduleDir, 'good', 'package.json'), '{"name":"good","version":"1.0.0"}');
afterAll(() => rmSync(moduleDir, { recursive: true }));
const good = { name: 'good', version: '1.0.0', dir: join(moduleDir, 'good') };

describe('foldersOf', () => {
  it('names a folder of packages and not the packages in it, but those that are elsewhere', () => {
    expect(foldersOf([good], ['/no/such', moduleDir])).toEqual([moduleDir]);
    expect(foldersOf([good], [])).toEqual([good.dir]);
    expect(foldersOf([good], [`${moduleDir}/goo`, '/etc'])).toEqual([good.dir, '/etc']);
  });

  it('so lets Node read both', () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission';
    const flags = foldersOf([good], [moduleDir]).map((folder) => `--allow-fs-read=${folder}`);
    const program = `console.log(${JSON.stringify([moduleDir, good.dir])}.map((dir) => process.permission.has('fs.read', dir)))`;
    const { stdout } = spawnSync(process.execPath, [flag, ...flags, '--eval', program], { encoding: 'utf8' });
    expect(stdout).toBe('[ true, true ]\n');
  });

  it('so costs the sandbox none of its layers', async () => {
    const report = await examineSandbox({
      nodePath: process.execPath,
      toolDirs: [],
      firstUid: 60_578,
      moduleDirs: [moduleDir],
      maxMemoryBytes: 256 * 2 ** 20,
    });
    expect(report.layers).toContainEqual({ layer: 'node', applied: true });
  });
});
