import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { defaultGlobalDir, moduleDirs } from '../../../src/config/module-dirs.js';

let root: string;

function folder(name: string): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** A program in npm's place that answers `root -g` with this text. */
function npmSaying(text: string): string {
  const path = join(root, 'npm');
  writeFileSync(path, `#!/bin/sh\n[ "$*" = "root -g" ] && printf '%s\\n' '${text}'\n`);
  chmodSync(path, 0o755);
  return path;
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'module-dirs-')));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('moduleDirs', () => {
  it("gives the service's own folder, NODE_PATH, and npm's global folder, in this order", async () => {
    const [own, first, second, global] = [folder('own'), folder('first'), folder('second'), folder('global')];
    const settings = { SANDBOX_MODULES_DIR: own, NODE_PATH: [first, '', second].join(delimiter) };
    expect(await moduleDirs(settings, {}, npmSaying(global))).toEqual([own, first, second, global]);
  });

  it('passes over files and repetitions, and keeps folders that may appear later', async () => {
    const there = folder('there');
    writeFileSync(join(root, 'file'), '');
    const settings = {
      SANDBOX_MODULES_DIR: undefined,
      NODE_PATH: [join(root, 'gone'), join(root, 'file'), there, `${there}/`].join(delimiter),
    };
    expect(await moduleDirs(settings, {}, npmSaying(join(root, 'neither')))).toEqual([
      join(root, 'gone'),
      there,
      join(root, 'neither'),
    ]);
  });

  it.each([
    ['is missing', () => join(root, 'no-such-npm')],
    ['answers nothing', () => npmSaying('')],
    ['answers no path', () => npmSaying('npm ERR! oops')],
  ])('derives the global folder from the prefix when npm %s', async (_, npm) => {
    const global = folder('prefix/lib/node_modules');
    const settings = { SANDBOX_MODULES_DIR: undefined, NODE_PATH: undefined };
    expect(await moduleDirs(settings, { npm_config_prefix: join(root, 'prefix') }, npm())).toEqual([global]);
  });

  it('asks the npm of this machine', async () => {
    const settings = { SANDBOX_MODULES_DIR: undefined, NODE_PATH: undefined };
    for (const dir of await moduleDirs(settings, {})) expect(dir).toMatch(/node_modules$/);
  });
});

describe('defaultGlobalDir', () => {
  it('is below the prefix that Node is installed in', () => {
    const prefix = dirname(dirname(realpathSync(process.execPath)));
    expect(defaultGlobalDir({})).toBe(join(prefix, 'lib', 'node_modules'));
    expect(defaultGlobalDir({ npm_config_prefix: '' })).toBe(join(prefix, 'lib', 'node_modules'));
  });
});
