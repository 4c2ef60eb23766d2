import { RUNTIME_ERRORS } from '../runtime/errors.js';
import { PROTOCOL_ERRORS } from '../protocol/errors.js';
import { problemTypeOf, RATE_LIMITED } from './problem-types.js';
import type { Problem } from './problem.js';

/** A response as the service really sends it. */
export interface ProblemExample {
  readonly name: string;
  readonly value: Problem;
}

export const SCRIPT_EXAMPLE = {
  code: 'function greet(cb) { console.log("hello", name); cb({ length: name.length }) }',
  globals: { name: 'world' },
  call: 'greet',
};

export const TEXTS_EXAMPLE = { code: SCRIPT_EXAMPLE.code };

export const PREPARED_EXAMPLE = {
  script: 'sha256:ae0e531722f20c55d271ff16dd2d52eb761c32f63dfaf83f6ef0e615138f757c',
};

export const RESULT_EXAMPLE = { value: { length: 5 }, console: ['hello world'], time: 1 };

export const EVENTS_EXAMPLE = [
  'event: console\ndata: {"level":"log","time":1,"text":"hello world"}\n\n',
  `event: result\ndata: ${JSON.stringify(RESULT_EXAMPLE)}\n\n`,
].join('');

const { threw, missing, timedOut, exhausted, invalidScript, unknownScript, busy, failed } = RUNTIME_ERRORS;
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
  example('missing', missing.code, {
    detail: `${missing.http.detail} Hint: no function \`greeet\`; the script has \`greet\`.`,
    call: 'greeet',
    functions: ['greet'],
    hint: 'no function `greeet`; the script has `greet`',
  }),
  example('exhausted', exhausted.code, { limit: 'result', console: [] }),
  example('timedOut', timedOut.code, { limit: 'wall', console: ['looping'] }),
  example('invalidScript', invalidScript.code, {
    detail: 'code must be text: the JavaScript to evaluate',
    fields: [{ field: 'code', problem: 'must be text: the JavaScript to evaluate' }],
  }),
  example('notJson', invalidMessage.code, { detail: 'The request body is not valid UTF-8 JSON.' }),
  example('noSecret', forbidden.code, { status: 401, detail: 'missing or wrong x-runtime-secret' }),
  example('foreignOrigin', forbidden.code, {
    detail: 'this Origin is not allowed: set SECRET or ORIGINS',
  }),
  example('unknownScript', unknownScript.code, { script: PREPARED_EXAMPLE.script }),
  example('tooLong', invalidMessage.code, {
    status: 413,
    detail: 'Request body is too large.',
  }),
  example('otherType', invalidMessage.code, {
    status: 415,
    detail: 'Content-Type must be application/json.',
  }),
  example('busy', busy.code, { queued: 0, waitedMs: 0 }),
  example('rateLimited', busy.code, { ...RATE_LIMITED, limit: 'rate', retryAfterMs: 20 }),
  example('shuttingDown', shuttingDown.code),
  example('failed', failed.code, { console: [] }),
  example('internal', internal.code),
];

function example(
  name: string,
  code: number,
  { status, detail, ...data }: Readonly<Record<string, unknown>> & Partial<Problem> = {},
): ProblemExample {
  const type = problemTypeOf(code);
  return {
    name,
    value: {
      type: `urn:javascriptd:error:${code}`,
      title: type.title,
      status: status ?? type.status,
      detail: detail ?? type.detail,
      code,
      ...data,
    },
  };
}
