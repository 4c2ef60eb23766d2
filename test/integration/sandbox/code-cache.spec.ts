import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packFile } from '../../../src/sandbox/boundary/code-packs.js';
import { InstalledModules } from '../../../src/sandbox/index.js';
import { installedPackages } from '../../../src/sandbox/packages/installed-packages.js';
import { encodePack } from '../../../src/sandbox/runner/modules/code-pack.js';
import { Binary } from '../../support/binary.js';
import { installFixtures, runWithModules } from '../../support/modules.js';
import { SandboxApp } from '../../support/sandbox-app.js';
import { until } from '../../support/until.js';

const manifest = (name: string, fields: object = {}) => JSON.stringify({ name, version: '1.0.0', ...fields });
const COMMON = 'module.exports = require("./part") + require("events").once.length;';
const modules = installFixtures({
  'common/package.json': manifest('common'),
  'common/index.js': COMMON,
  'common/part.js': '#!/usr/bin/env node\nmodule.exports = "a part, ";',
  'esm/package.json': manifest('esm', { type: 'module' }),
  'esm/index.js': 'import part from "./part.js"; export default function run() { return part + 1; }',
  'esm/part.js': 'export default 41; export const lazily = () => import("./part.js");',
  'late/package.json': manifest('late', { type: 'module' }),
  'late/index.js': 'export default await Promise.resolve("late");',
  'broken/package.json': manifest('broken'),
  'broken/index.js': 'throw new Error("not\\u001b[2J today\\nbut tomorrow");',
  'endless/package.json': manifest('endless'),
  'endless/index.js': 'for (;;);',
});
// Runner processes have other users where the service is root.
chmodSync(dirname(modules), 0o755);
const ALL = 'common,esm,late,broken';
/** Without root or Landlock, runner processes could write what belongs to the user of the service. */
const describeAsRoot = process.geteuid?.() === 0 ? describe : describe.skip;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'code-cache-'));
  chmodSync(root, 0o755);
});
afterEach(() => rmSync(root, { recursive: true }));

async function warm(...args: readonly string[]) {
  const binary = new Binary(['warm', '--sandbox-modules-dir', modules, ...args]);
  return { code: await binary.ended(), stdout: binary.stdout, stderr: binary.stderr };
}

/** The folder of the packs. */
const folderOf = (cache: string): string => join(cache, readdirSync(cache)[0] ?? '');

describe('javascriptd warm', () => {
  it('compiles the packages that MODULES allows, and says which do not load', async () => {
    const { code, stdout, stderr } = await warm('--sandbox-code-cache', root, '--modules', ALL);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trim().split('\n').toSorted()).toEqual([
      // Without what a terminal would take for a command.
      'broken: not compiled: not [2J today',
      expect.stringMatching(/^common: \d+ KiB$/),
      expect.stringMatching(/^esm: \d+ KiB$/),
      expect.stringMatching(/^late: \d+ KiB$/),
      expect.stringMatching(/^node:builtins: \d+ KiB$/),
    ]);
    const folder = folderOf(root);
    expect(readdirSync(folder).toSorted()).toEqual(
      ['common', 'esm', 'late', 'node:builtins'].map(packFile).toSorted(),
    );
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o444);
  });

  it('says what it needs, with code 78', async () => {
    expect(await warm()).toMatchObject({ code: 78, stderr: /SANDBOX_CODE_CACHE: not set/ });
    chmodSync(root, 0o777);
    expect(await warm('--sandbox-code-cache', root)).toMatchObject({
      code: 78,
      stderr: /SANDBOX_CODE_CACHE: .* can be written by other users/,
    });
  });
});

/** A pack whose code says where it comes from, for a file as it is now. */
function forged(source = COMMON, code?: Buffer): void {
  const text =
    '(function () { return function (exports, require, module) { module.exports = "from the pack" }})';
  const script = `const { Script } = require('node:vm'); process.stdout.write(new Script(${JSON.stringify(text)}).createCachedData())`;
  const flags = ['--experimental-vm-modules', '--disallow-code-generation-from-strings'];
  const made = code ?? execFileSync(process.execPath, [...flags, '--no-warnings', '-e', script]);
  const file = { source: Buffer.from(source), text, prefix: 0, code: made };
  writeFileSync(
    join(root, packFile('common')),
    encodePack(new Map([[join(modules, 'common/index.js'), file]])),
  );
}

describe('a runner process with code packs', () => {
  const values = ['require("common")', 'require("esm").default()', 'String(require("esm").default)'];
  const run = async (folder?: string) =>
    runWithModules(await installedPackages([modules]), values, folder).map(
      ({ ok, error }) => ok ?? error?.message,
    );

  it('gives what it gives without them', async () => {
    await warm('--sandbox-code-cache', root, '--modules', ALL);
    expect(await run(folderOf(root))).toEqual(await run());
  });

  it('uses the code of a file that is the same', async () => {
    forged();
    expect((await run(root))[0]).toBe('from the pack');
  });

  it.each([
    ['a file has changed', () => forged(COMMON.replace('part', 'prat'))],
    [
      'a pack is cut off',
      () => {
        forged();
        const path = join(root, packFile('common'));
        writeFileSync(path, readFileSync(path).subarray(0, -8));
      },
    ],
    [
      'a pack is damaged',
      () => {
        forged();
        const path = join(root, packFile('common'));
        const bytes = readFileSync(path);
        bytes[bytes.length - COMMON.length - 60] = 0x5a;
        writeFileSync(path, bytes);
      },
    ],
    ['a pack is not one', () => writeFileSync(join(root, packFile('common')), 'x'.repeat(1000))],
    ['there is none', () => undefined],
  ])('compiles by itself where %s', async (_case, prepare) => {
    prepare();
    expect(await run(root)).toEqual(await run());
  });

  it('compiles the text where V8 turns the code down', async () => {
    const other = execFileSync(process.execPath, [
      '--stack-size=500',
      '-e',
      "process.stdout.write(new (require('node:vm').Script)('1').createCachedData())",
    ]);
    forged(COMMON, other);
    expect((await run(root))[0]).toBe('from the pack');
  });
});

describeAsRoot('a service with a code cache', () => {
  let app: SandboxApp | undefined;
  afterEach(() => app?.close());

  it('makes packs in the background, uses them, and makes them again when the packages are read again', async () => {
    app = await SandboxApp.start({
      codeCacheDir: root,
      moduleDirs: [modules],
      modules: ['esm'],
      minRunners: 1,
    });
    const path = join(folderOf(root), packFile('node:builtins'));
    await until(() => existsSync(path));
    expect(await app.run('cb(require("esm").default())')).toMatchObject({ kind: 'returned', value: 42 });
    const { ino } = statSync(path);
    await app.module.get(InstalledModules).reload();
    await until(() => statSync(path).ino !== ino);
  }, 60_000);

  it('runs without a folder that others may write', async () => {
    chmodSync(root, 0o777);
    app = await SandboxApp.start({
      codeCacheDir: root,
      moduleDirs: [modules],
      modules: ['common'],
      minRunners: 1,
    });
    expect(await app.run('cb(require("common"))')).toMatchObject({ kind: 'returned' });
    expect(readdirSync(root)).toHaveLength(1);
  }, 60_000);
});
