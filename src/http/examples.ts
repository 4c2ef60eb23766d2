import { RUNTIME_ERRORS } from '../runtime/errors.js';
import { PROTOCOL_ERRORS } from '../protocol/errors.js';
import { kindOf, PAST_RATE } from './problem-kinds.js';
import type { Problem } from './problem.js';

/** One answer of those with a status, as it really comes. */
export interface ProblemExample {
  readonly name: string;
  readonly value: Problem;
}

export const SCRIPT_EXAMPLE = {
  code: 'function greet(cb) { console.log("hello", name); cb({ length: name.length }) }',
  globals: { name: 'world' },
  call: 'greet',
};

export const RESULT_EXAMPLE = { value: { length: 5 }, console: ['hello world'], time: 1 };

export const EVENTS_EXAMPLE = [
  'event: console\ndata: {"level":"log","time":1,"text":"hello world"}\n\n',
  `event: result\ndata: ${JSON.stringify(RESULT_EXAMPLE)}\n\n`,
].join('');

const { threw, missing, timedOut, exhausted, invalidScript, busy, failed } = RUNTIME_ERRORS;
const { invalidMessage, forbidden, shuttingDown, internal } = PROTOCOL_ERRORS;

export const PROBLEM_EXAMPLES: readonly ProblemExample[] = [
  example('threw', threw.code, {
    detail: 'RangeError: too small',
    name: 'RangeError',
    message: 'too small',
    stack: 'RangeError: too small\n    at f (script.js:1:22)',
    console: ['looking'],
    line: 1,
    column: 22,
  }),
  example('missing', missing.code),
  example('exhausted', exhausted.code, { limit: 'result', console: [] }),
  example('timedOut', timedOut.code, { limit: 'wall', console: ['looping'] }),
  example('invalidScript', invalidScript.code, {
    detail: 'code must be text: the JavaScript to evaluate',
    fields: [{ field: 'code', problem: 'must be text: the JavaScript to evaluate' }],
  }),
  example('notJson', invalidMessage.code, { detail: 'The body is not JSON in UTF-8.' }),
  example('noSecret', forbidden.code, { status: 401, detail: 'missing or wrong x-runtime-secret' }),
  example('foreignOrigin', forbidden.code, {
    detail: 'this origin may not connect: set SECRET or ORIGINS',
  }),
  example('tooLong', invalidMessage.code, {
    status: 413,
    detail: 'Request body is too large.',
  }),
  example('otherType', invalidMessage.code, { status: 415, detail: 'The body must be application/json.' }),
  example('busy', busy.code, { queued: 0, waitedMs: 0 }),
  example('pastRate', busy.code, { ...PAST_RATE, limit: 'rate', retryAfterMs: 20 }),
  example('shuttingDown', shuttingDown.code),
  example('failed', failed.code, { console: [] }),
  example('internal', internal.code),
];

function example(
  name: string,
  code: number,
  { status, detail, ...data }: Readonly<Record<string, unknown>> & Partial<Problem> = {},
): ProblemExample {
  const kind = kindOf(code);
  return {
    name,
    value: {
      type: `urn:javascriptd:error:${code}`,
      title: kind.title,
      status: status ?? kind.status,
      detail: detail ?? kind.detail,
      code,
      ...data,
    },
  };
}
