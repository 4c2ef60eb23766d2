import { milliseconds, MAX_TIMER_MS, onOff, oneOf, wholeNumber } from './plain-values.js';
import type { OptionPath, Setting } from './setting.js';
import type { ValueKind } from './value-kind.js';

/** V8's maximum string length bounds each text that a script receives or returns. */
const MAX_TEXT_BYTES = 268_435_456;
const MAX_BYTES = 134_217_728;
const MAX_LINES = 1_000_000;

/** Bytes of a size in MiB. */
const mebibytes = (size: number): number => size * 2 ** 20;

/** The upper bound of a limit, for tenants and calls. */
function ceiling<const Path extends OptionPath>(
  kind: ValueKind<number>,
  limit: string,
  max: number,
  option: Path,
) {
  return {
    kind: { ...kind, accepted: `a whole number from \`${limit}\` to ${max}` },
    defaultNote: `the value of \`${limit}\``,
    description: `Upper bound for \`${limit}\` in the limits of a tenant and in the \`options\` of a call.`,
    option,
  };
}

/** Limits of one script; docs/limits.md describes how each is enforced. */
export const LIMIT_SETTINGS = {
  SANDBOX_ISOLATION: {
    kind: oneOf('context', 'process'),
    default: 'context',
    description:
      'Isolation level: each script gets a fresh context in a runner process of its tenant (`context`), or a fresh runner process (`process`).',
    option: ['sandbox', 'isolation'],
  },
  SANDBOX_ADDONS: {
    kind: onOff(),
    default: 'false',
    description:
      'Whether packages may load native add-ons at isolation level `process`. Only the hardening layers confine their machine code.',
    option: ['sandbox', 'addons'],
  },
  SANDBOX_WEBASSEMBLY: {
    kind: onOff(),
    default: 'false',
    description:
      'Whether scripts and packages may compile WebAssembly at isolation level `context`; at level `process` they always may.',
    option: ['sandbox', 'webAssembly'],
  },
  SANDBOX_MEMORY: {
    kind: wholeNumber(96, 1_048_576),
    default: '256',
    description:
      'Maximum memory of a runner process, in MiB: heap, buffers and WebAssembly; Node itself takes about 50 of it.',
    option: ['sandbox', 'maxMemoryBytes', mebibytes],
  },
  SANDBOX_HEAP: {
    kind: { ...wholeNumber(32, 1_048_576), accepted: 'a whole number from 32 to `SANDBOX_MEMORY`' },
    defaultNote: '60 % of `SANDBOX_MEMORY`',
    description: 'Maximum JavaScript heap of a runner process, in MiB.',
    option: ['sandbox', 'maxHeapBytes', mebibytes],
  },
  SANDBOX_CPU: {
    kind: milliseconds(1),
    defaultNote: 'none; `TIMEOUT` applies',
    description: 'Maximum CPU time of a script and its call together, in milliseconds.',
    option: ['sandbox', 'maxCpuMs'],
  },
  SANDBOX_MAX_CODE_BYTES: {
    kind: wholeNumber(1024, MAX_TEXT_BYTES),
    default: '8388608',
    description: 'Maximum size of the code and of the caller of a script, in bytes of UTF-8 each.',
    option: ['sandbox', 'maxCodeBytes'],
  },
  SANDBOX_MAX_GLOBALS_BYTES: {
    kind: wholeNumber(1024, MAX_TEXT_BYTES),
    default: '8388608',
    description: 'Maximum size of the globals of a script, in bytes of JSON.',
    option: ['sandbox', 'maxGlobalsBytes'],
  },
  SANDBOX_MAX_RESULT_BYTES: {
    kind: wholeNumber(1024, MAX_BYTES),
    default: '8388608',
    description: 'Maximum size of the value that a script returns, in bytes of JSON.',
    option: ['sandbox', 'maxResultBytes'],
  },
  SANDBOX_MAX_DEPTH: {
    // JSON.stringify overflows the stack at about 5,000.
    kind: wholeNumber(1, 2000),
    default: '1000',
    description: 'Maximum nesting depth of globals and of a returned value.',
    option: ['sandbox', 'maxDepth'],
  },
  SANDBOX_MAX_CONSOLE_LINES: {
    kind: wholeNumber(0, MAX_LINES),
    default: '10000',
    description: 'Maximum number of console lines of a script.',
    option: ['sandbox', 'maxConsoleLines'],
  },
  SANDBOX_MAX_CONSOLE_BYTES: {
    kind: wholeNumber(0, MAX_BYTES),
    default: '4194304',
    description: 'Maximum size of the console output of a script, in bytes.',
    option: ['sandbox', 'maxConsoleBytes'],
  },
  SANDBOX_CONSOLE_EXCESS: {
    kind: oneOf('cut', 'end'),
    default: 'cut',
    description:
      'Beyond these limits the console is truncated, with a last line that says so (`cut`), or the script is terminated (`end`).',
    option: ['sandbox', 'consoleExcess'],
  },
  GATEWAY_MEMORY: {
    kind: wholeNumber(64, 1_048_576),
    default: '256',
    description:
      'Memory for requests, unfinished frames and unread replies in the gateway, in MiB. A tenant may take as much as it leaves free; beyond that its requests are answered busy.',
    option: ['runtime', 'memoryBytes', mebibytes],
  },
  PREPARED_BYTES: {
    kind: wholeNumber(65_536, 17_179_869_184),
    default: '67108864',
    description:
      'Maximum total size of prepared scripts, in bytes; beyond it, the least recently used scripts of the tenant with the most bytes are evicted.',
    option: ['runtime', 'preparedBytes'],
  },
  PREPARED_TENANT_BYTES: {
    kind: wholeNumber(65_536, 17_179_869_184),
    default: '16777216',
    description: 'Maximum total size of the prepared scripts of one tenant, in bytes.',
    option: ['runtime', 'preparedTenantBytes'],
  },
  LIMITS_MAX_TIMEOUT: ceiling(milliseconds(1), 'TIMEOUT', MAX_TIMER_MS, ['runtime', 'maxTimeoutMs']),
  LIMITS_MAX_HOST_TIME: {
    kind: { ...milliseconds(1), accepted: `a whole number from \`TIMEOUT\` to ${MAX_TIMER_MS}` },
    defaultNote: '60000, or the maximum timeout if that is longer',
    description:
      'Maximum wall-clock time of a script with `hostTime: "pauses"`, in milliseconds, including its waits for functions of the client.',
    option: ['sandbox', 'maxHostTimeMs'],
  },
  LIMITS_MAX_CPU: ceiling(milliseconds(1), 'SANDBOX_CPU', MAX_TIMER_MS, ['ceilings', 'maxCpuMs']),
  LIMITS_MAX_RESULT_BYTES: ceiling(wholeNumber(1024, MAX_BYTES), 'SANDBOX_MAX_RESULT_BYTES', MAX_BYTES, [
    'ceilings',
    'maxResultBytes',
  ]),
  LIMITS_MAX_CONSOLE_LINES: ceiling(wholeNumber(0, MAX_LINES), 'SANDBOX_MAX_CONSOLE_LINES', MAX_LINES, [
    'ceilings',
    'maxConsoleLines',
  ]),
  LIMITS_MAX_CONSOLE_BYTES: ceiling(wholeNumber(0, MAX_BYTES), 'SANDBOX_MAX_CONSOLE_BYTES', MAX_BYTES, [
    'ceilings',
    'maxConsoleBytes',
  ]),
} as const satisfies Record<string, Setting>;
