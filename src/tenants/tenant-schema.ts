import { EgressPolicyError, parseEgress } from '../egress-policy/index.js';
import { z } from 'zod';
import { hashOf } from '../auth/index.js';
import { moduleName, MAX_TIMER_MS, refuseSecret } from '../config/index.js';

const HASH = /^sha256:([\da-f]{64})$/i;
/** A longer secret would not fit into the request headers. */
const MAX_SECRET_CHARACTERS = 8192;
const MAX_RUNNERS = 4096;
const MIN_MEMORY_MIB = 96;
const MAX_PER_SECOND = 1_000_000;

/** The hash of a secret. No message shows any part of the secret. */
const secret = z.string('must be text; put a number in quotes').transform((text, context) => {
  const refuse = (problem: string): z.infer<z.ZodNever> => {
    context.addIssue(problem);
    return z.NEVER;
  };
  if (text === '') return refuse('is empty');
  if (text.length > MAX_SECRET_CHARACTERS)
    return refuse(`must have at most ${MAX_SECRET_CHARACTERS} characters`);
  if (/^sha256:/i.test(text)) {
    const [, hash] = HASH.exec(text) ?? [];
    return hash?.toLowerCase() ?? refuse('must be sha256: and 64 hexadecimal digits');
  }
  refuseSecret(text, (problem) => context.addIssue(problem));
  return hashOf(text);
});

const module = z.string('must be a module name').transform((entry, context) => {
  const name = moduleName(entry);
  if (name !== undefined) return name;
  context.addIssue('is not a module name');
  return z.NEVER;
});

const limits = z.strictObject(
  {
    timeout: whole(1, MAX_TIMER_MS).exactOptional(),
    cpu: whole(1, MAX_TIMER_MS).exactOptional(),
    hostTime: whole(1, MAX_TIMER_MS).exactOptional(),
    memory: whole(MIN_MEMORY_MIB).exactOptional(),
    result: whole(1).exactOptional(),
    console: z
      .strictObject(
        { lines: whole(0).exactOptional(), bytes: whole(0).exactOptional() },
        'must be an object with "lines", "bytes" or both',
      )
      .exactOptional(),
    isolation: z.enum(['context', 'process'], 'must be "context" or "process"').exactOptional(),
  },
  'must be an object of limits',
);

/** An entry as in `EGRESS`. */
const host = z.string('must be text').superRefine((text, context) => {
  try {
    parseEgress([text]);
  } catch (error) {
    if (!(error instanceof EgressPolicyError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});

/** The entry of one tenant. */
export const tenantSchema = z.strictObject(
  {
    secrets: z.array(secret, 'must be a list of secrets').min(1, 'must have at least one secret'),
    modules: z.array(module, 'must be a list of names').exactOptional(),
    egress: z.array(host, 'must be a list of hosts').exactOptional(),
    limits: limits.exactOptional(),
    concurrency: whole(1, MAX_RUNNERS).exactOptional(),
    rate: z
      .strictObject(
        {
          perSecond: z.custom<number>(isPerSecond, `must be a number above 0 and at most ${MAX_PER_SECOND}`),
          burst: whole(1),
        },
        'must be an object with "perSecond" and "burst"',
      )
      .exactOptional(),
    timezone: z
      .custom<string>(isTimeZone, 'must be the name of a time zone, such as Europe/Berlin')
      .exactOptional(),
  },
  'must be an object with at least "secrets"',
);

function whole(min: number, max = Number.MAX_SAFE_INTEGER): z.ZodType<number> {
  const bound = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
  return z.custom<number>(
    (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
    `must be a whole number ${bound}`,
  );
}

/** Whether it is a name of the time zone database. An offset such as `+02:00` means something else to `TZ`. */
function isTimeZone(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z][\w+/-]{0,63}$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value }).format();
    return true;
  } catch {
    return false;
  }
}

function isPerSecond(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= MAX_PER_SECOND;
}
