import { milliseconds, MOST_MS, onOff, oneOf, wholeNumber } from './plain-values.js';
import type { Setting } from './setting.js';
import type { ValueKind } from './value-kind.js';

/** V8's longest string bounds each text that a script sends or answers. */
const LONGEST_TEXT = 268_435_456;
const MOST_BYTES = 134_217_728;
const MOST_LINES = 1_000_000;

/** As far as tenants and calls may widen a limit. */
function ceiling(kind: ValueKind<number>, limit: string, most: number) {
  return {
    kind: { ...kind, accepted: `a whole number from \`${limit}\` to ${most}` },
    without: `that of \`${limit}\``,
    meaning: `As far as a tenant's limits, or the \`options\` of a call, may widen \`${limit}\`.`,
  };
}

/** What one script may use and give back; docs/limits.md says how each is enforced. */
export const LIMIT_SETTINGS = {
  SANDBOX_ISOLATION: {
    kind: oneOf('context', 'process'),
    initial: 'context',
    meaning:
      'Each script gets a fresh context in a runner process of its tenant (`context`), or a fresh runner process (`process`).',
  },
  SANDBOX_ADDONS: {
    kind: onOff(),
    initial: 'false',
    meaning:
      'Whether packages may load native add-ons, at level `process`: machine code, which only the layers around a script hold.',
  },
  SANDBOX_WEBASSEMBLY: {
    kind: onOff(),
    initial: 'false',
    meaning:
      'Whether scripts and packages may compile WebAssembly at level `context`; at level `process` they may.',
  },
  SANDBOX_MEMORY: {
    kind: wholeNumber(96, 1_048_576),
    initial: '256',
    meaning:
      'Most memory of a runner process, in MiB: heap, buffers and WebAssembly; Node itself takes about 50 of it.',
  },
  SANDBOX_HEAP: {
    kind: { ...wholeNumber(32, 1_048_576), accepted: 'a whole number from 32 to `SANDBOX_MEMORY`' },
    without: '60 % of `SANDBOX_MEMORY`',
    meaning: 'Largest JavaScript heap of a runner process, in MiB.',
  },
  SANDBOX_CPU: {
    kind: milliseconds(1),
    without: 'none but `TIMEOUT`',
    meaning: 'Milliseconds of processor time that a script and its call may take together.',
  },
  SANDBOX_MAX_CODE_BYTES: {
    kind: wholeNumber(1024, LONGEST_TEXT),
    initial: '8388608',
    meaning: 'Largest code and largest caller of a script, in bytes of UTF-8 each.',
  },
  SANDBOX_MAX_GLOBALS_BYTES: {
    kind: wholeNumber(1024, LONGEST_TEXT),
    initial: '8388608',
    meaning: 'Largest globals of a script, in bytes of their JSON.',
  },
  SANDBOX_MAX_RESULT_BYTES: {
    kind: wholeNumber(1024, MOST_BYTES),
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
    kind: wholeNumber(0, MOST_LINES),
    initial: '10000',
    meaning: 'Most lines of console of a script.',
  },
  SANDBOX_MAX_CONSOLE_BYTES: {
    kind: wholeNumber(0, MOST_BYTES),
    initial: '4194304',
    meaning: 'Most bytes of console of a script.',
  },
  SANDBOX_CONSOLE_EXCESS: {
    kind: oneOf('cut', 'end'),
    initial: 'cut',
    meaning:
      'Past them the console is cut, with a last line that says so (`cut`), or the script is ended (`end`).',
  },
  GATEWAY_MEMORY: {
    kind: wholeNumber(64, 1_048_576),
    initial: '256',
    meaning:
      'MiB that requests, unfinished frames and unread answers may take in the gateway together; a tenant may take as much as it leaves free. Past it the answer is busy.',
  },
  PREPARED_BYTES: {
    kind: wholeNumber(65_536, 17_179_869_184),
    initial: '67108864',
    meaning:
      'Most bytes of prepared scripts that are kept; past them those unused for longest are forgotten, of whoever has most.',
  },
  PREPARED_TENANT_BYTES: {
    kind: wholeNumber(65_536, 17_179_869_184),
    initial: '16777216',
    meaning: 'Most bytes of the prepared scripts of one tenant.',
  },
  LIMITS_MAX_TIMEOUT: ceiling(milliseconds(1), 'TIMEOUT', MOST_MS),
  LIMITS_MAX_HOST_TIME: {
    kind: { ...milliseconds(1), accepted: `a whole number from \`TIMEOUT\` to ${MOST_MS}` },
    without: '60000, or the largest timeout if that is more',
    meaning:
      'Most milliseconds that a script with `hostTime: "pauses"` may take in all, including the time that it waits for functions of its client.',
  },
  LIMITS_MAX_CPU: ceiling(milliseconds(1), 'SANDBOX_CPU', MOST_MS),
  LIMITS_MAX_RESULT_BYTES: ceiling(wholeNumber(1024, MOST_BYTES), 'SANDBOX_MAX_RESULT_BYTES', MOST_BYTES),
  LIMITS_MAX_CONSOLE_LINES: ceiling(wholeNumber(0, MOST_LINES), 'SANDBOX_MAX_CONSOLE_LINES', MOST_LINES),
  LIMITS_MAX_CONSOLE_BYTES: ceiling(wholeNumber(0, MOST_BYTES), 'SANDBOX_MAX_CONSOLE_BYTES', MOST_BYTES),
} as const satisfies Record<string, Setting>;
