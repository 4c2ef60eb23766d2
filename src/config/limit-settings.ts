import { milliseconds, oneOf, wholeNumber } from './plain-values.js';
import type { Setting } from './setting.js';

/** What one script may use and give back; docs/limits.md says how each is enforced. */
export const LIMIT_SETTINGS = {
  SANDBOX_ISOLATION: {
    kind: oneOf('context', 'process'),
    initial: 'context',
    meaning:
      'Each script gets a fresh context in a process of its tenant (`context`), or a fresh process (`process`).',
  },
  SANDBOX_HEAP: {
    kind: wholeNumber(32, 65_536),
    initial: '256',
    meaning: 'JavaScript heap of a runner process, in MiB.',
  },
  SANDBOX_MEMORY: {
    kind: wholeNumber(128, 262_144),
    initial: '512',
    meaning: 'All resident memory of a runner process, in MiB; Node itself takes about 50 of it.',
  },
  SANDBOX_CPU: {
    kind: milliseconds(1),
    without: 'none but `TIMEOUT`',
    meaning: 'Milliseconds of processor time that a script and its call may take together.',
  },
  SANDBOX_MAX_SCRIPT_BYTES: {
    kind: wholeNumber(1024, 268_435_456),
    initial: '8388608',
    meaning: 'Largest code, largest caller and largest globals of a script, in bytes each.',
  },
  SANDBOX_MAX_RESULT_BYTES: {
    kind: wholeNumber(1024, 134_217_728),
    initial: '8388608',
    meaning: 'Largest value that a script may answer, in bytes of its JSON.',
  },
  SANDBOX_MAX_DEPTH: {
    // JSON.stringify overflows the stack at about 5,000.
    kind: wholeNumber(1, 2000),
    initial: '1000',
    meaning: 'Most levels of arrays and objects in globals and in a value.',
  },
  SANDBOX_MAX_CONSOLE_LINES: {
    kind: wholeNumber(0, 1_000_000),
    initial: '10000',
    meaning: 'Lines of console after which it is cut, with a last line that says so.',
  },
  SANDBOX_MAX_CONSOLE_BYTES: {
    kind: wholeNumber(0, 134_217_728),
    initial: '1048576',
    meaning: 'Bytes of console after which it is cut, with a last line that says so.',
  },
} as const satisfies Record<string, Setting>;
