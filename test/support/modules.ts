import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InstalledPackage } from '../../src/sandbox/boundary/messages.js';

const RUNNER = fileURLToPath(new URL('./module-runner.mjs', import.meta.url));
const REFERENCE = fileURLToPath(new URL('./node-reference.mjs', import.meta.url));
const FLAGS = ['--experimental-vm-modules', '--disallow-code-generation-from-strings', '--no-warnings'];

export interface ModuleExecution {
  readonly modules: readonly string[];
  readonly code: string;
  /** Whether the script finds an object of the host in its global `leaked`. */
  readonly leak?: boolean;
}

export interface SeenError {
  readonly isOwn: boolean;
  readonly name?: string;
  readonly code?: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: Omit<SeenError, 'stack'>;
}

export interface Ran {
  readonly ok?: unknown;
  readonly error?: SeenError;
  readonly ms: number;
  readonly lines: readonly string[];
}

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** Writes a temporary `node_modules`; a value `{ link }` is a symbolic link. Folders are made as needed. */
export function installFixtures(files: Readonly<Record<string, string | { readonly link: string }>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'modules-')));
  made.push(folder);
  const moduleDir = join(folder, 'node_modules');
  mkdirSync(moduleDir);
  for (const [path, content] of Object.entries(files)) {
    const target = join(moduleDir, path);
    mkdirSync(dirname(target), { recursive: true });
    if (typeof content === 'string') writeFileSync(target, content);
    else symlinkSync(content.link, target);
  }
  return moduleDir;
}

/**
 * Runs scripts in fresh contexts of one real child process with the runner's flags.
 * @param codeCache a folder of code packs
 */
export function runWithModules(
  packages: readonly InstalledPackage[],
  executions: readonly (ModuleExecution | string)[],
  codeCache?: string,
): Ran[] {
  const input = {
    packages,
    codeCache,
    executions: executions.map((execution) =>
      typeof execution === 'string' ? { modules: ['*'], code: execution } : execution,
    ),
  };
  return lines<Ran>([...FLAGS, RUNNER], input);
}

/** What plain Node makes of expressions: their values as text. */
export function evaluatedByNode(expressions: readonly string[]): unknown[] {
  return lines<unknown>(['--no-warnings', REFERENCE], expressions);
}

function lines<Line>(args: readonly string[], input: unknown): Line[] {
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, args, {
    input: JSON.stringify(input),
    encoding: 'utf8',
    env: {},
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    const done = stdout.split('\n').length - 1;
    throw new Error(`the child ended with ${String(status ?? signal)} after ${done} executions: ${stderr}`);
  }
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line));
}
