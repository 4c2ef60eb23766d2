import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

// Jest needs Node's ES modules in vm contexts, which are behind a flag. `npm test` sets it. With `npx jest FILE` or an
// editor's plugin it is missing, so jest is started again with the flag.
if (!('SourceTextModule' in vm)) {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const { status } = spawnSync(process.execPath, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}

const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));

/**
 * Tests are written against `src` and run against `dist`: what ships is what is tested,
 * and runner processes start from the very files that a user's would.
 * @type {import('jest').Config}
 */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(?:\\.{1,2}/)+src/(.*)\\.js$': '<rootDir>/dist/$1.js',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  // A hang guard: on a busy machine a service takes half a minute to start.
  testTimeout: 60_000,
  // Most suites wait for processes to start and deadlines to pass: one at a time would leave the cores idle.
  maxWorkers: 4,
  testSequencer: '<rootDir>/test/sequencer.mjs',
};
