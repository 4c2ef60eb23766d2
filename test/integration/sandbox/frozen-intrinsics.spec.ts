/** What an object of the host realm is good for, once a script has got hold of it: the runner's freeze against Node's flag. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examineHost } from '../../../src/sandbox/pool/hardening/host-capabilities.js';
import { launchOf } from '../../../src/sandbox/pool/launch.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const FROZEN_OBJECTS = here('../../support/frozen-objects.mjs');
const PROTECTORS = here('../../support/protectors.mjs');
const LOAD_ALL = here('../../support/load-builtins.mjs');

const folder = mkdtempSync(join(tmpdir(), 'frozen-'));
const emptyProgram = join(folder, 'empty.mjs');
const pathsFile = join(folder, 'paths.json');
writeFileSync(emptyProgram, '');
afterAll(() => rmSync(folder, { recursive: true }));

const host = await examineHost({ nodePath: process.execPath, toolDirs: [], firstUid: 60_578 });
const runner = launchOf({ host, layers: new Set(), folders: [], limits: {}, program: 'main' });

/** What a process prints, as JSON. */
function printed(args: readonly string[], env: NodeJS.ProcessEnv = {}): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    env,
    encoding: 'utf8',
    // The runner's pipe.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: 20_000,
    maxBuffer: 64 * 2 ** 20,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A real runner process, as the pool starts it, with a module beside its program. */
const besideRunner = (flags: readonly string[], env?: NodeJS.ProcessEnv): unknown =>
  printed([...runner.args.slice(0, -1), ...flags, ...runner.args.slice(-1)], env);

describe('the intrinsics of the host realm, in a runner process', () => {
  it('are frozen, each object that --frozen-intrinsics freezes', () => {
    const paths = printed(['--frozen-intrinsics', '--no-warnings', '--import', FROZEN_OBJECTS, emptyProgram]);
    expect(paths).toEqual(
      expect.arrayContaining([
        ['Array', ['value', 'prototype'], ['value', 'map']],
        ['console'],
        ['setTimeout'],
        ['async function', ['prototype of']],
      ]),
    );
    expect((paths as unknown[]).length).toBeGreaterThan(700);
    writeFileSync(pathsFile, JSON.stringify(paths));
    expect(besideRunner(['--import', FROZEN_OBJECTS], { FROZEN_PATHS: pathsFile })).toEqual([]);
  });

  it('leave V8 its fast paths, in all contexts; with --frozen-intrinsics it gives them up', () => {
    const flags = ['--allow-natives-syntax', '--import', PROTECTORS];
    expect(besideRunner(flags)).toEqual([]);
    expect(printed([...flags, '--frozen-intrinsics', '--no-warnings', emptyProgram])).toEqual(
      expect.arrayContaining(['ArrayIterator', 'PromiseSpecies']),
    );
  });

  it('let all of Node’s own modules load afterwards', () => {
    expect(besideRunner(['--import', LOAD_ALL])).toEqual([]);
  });
});
