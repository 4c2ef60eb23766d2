import {
  EVENTS_EXAMPLE,
  PREPARED_EXAMPLE,
  PROBLEM_EXAMPLES,
  RESULT_EXAMPLE,
  SCRIPT_EXAMPLE,
  TEXTS_EXAMPLE,
} from './examples.js';
import { EVENTS_TYPE } from './media-type.js';
import { PROBLEM_MEDIA_TYPE } from './problem.js';
import { schemaRef } from './schemas.js';

/** Name of the security scheme for the secret header. */
export const SECRET_SCHEME = 'secret';

/** OpenAPI description of one method of a path. */
type Operation = Readonly<Record<string, unknown>>;
type Response = readonly [status: string, response: object];

const STATUS_DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The body is not valid JSON (1102), or not a valid script (1100). Nothing ran.',
  401: 'The secret is missing or wrong. Nothing ran.',
  403: 'The service requires no secret, and the Origin or the Host of the request is not allowed. Nothing ran.',
  404: 'No prepared script has this id, or the service has forgotten it (1104). Nothing ran; prepare it again.',
  413: 'The body exceeds MAX_FRAME_BYTES. Nothing ran.',
  415: 'Content-Type is not application/json. Nothing ran.',
  422: 'The script threw (1000), has no such function (1001), or exceeded a limit (1003).',
  429: 'The tenant exceeded its rate limit (1200). Nothing ran; retry after the time in Retry-After.',
  500: 'Internal error of the service (1203).',
  502: 'The runner died or failed to start; the script is not the cause (1201).',
  503: 'Busy (1200) or shutting down (1202). Nothing ran; retry after the time in Retry-After.',
  504: 'The script exceeded its time limit (1002).',
};

/** OpenAPI description of `POST /v1/execute`. */
export function executeOperation(): Operation {
  return {
    operationId: 'execute',
    summary: 'Runs a script',
    description:
      'Runs a script and returns its value, its console lines and its time. The script is cancelled if the client disconnects.',
    requestBody: bodyOf('Script', SCRIPT_EXAMPLE),
    responses: Object.fromEntries<object>([
      [
        '200',
        {
          description:
            'The result. As an event stream: console lines and values as they occur, then the result.',
          content: {
            'application/json': {
              schema: schemaRef('Result'),
              examples: { greet: { value: RESULT_EXAMPLE } },
            },
            [EVENTS_TYPE]: { schema: { type: 'string' }, examples: { greet: { value: EVENTS_EXAMPLE } } },
          },
        },
      ],
      ...Object.entries(STATUS_DESCRIPTIONS).map(problemResponse),
    ]),
    security: [{ [SECRET_SCHEME]: [] }],
  };
}

/** OpenAPI description of `POST /v1/prepare`. */
export function prepareOperation(): Operation {
  return {
    operationId: 'prepare',
    summary: 'Compiles a script and keeps it',
    description:
      'Returns the id with which the script can be executed. Preparing the same script again returns the same id.',
    requestBody: bodyOf('Texts', TEXTS_EXAMPLE),
    responses: Object.fromEntries<object>([
      [
        '200',
        {
          description: 'The script was compiled and is kept.',
          content: {
            'application/json': {
              schema: schemaRef('Prepared'),
              examples: { greet: { value: PREPARED_EXAMPLE } },
            },
          },
        },
      ],
      ...Object.entries(STATUS_DESCRIPTIONS)
        .filter(([status]) => status !== '404')
        .map(problemResponse),
    ]),
    security: [{ [SECRET_SCHEME]: [] }],
  };
}

function bodyOf(schema: Parameters<typeof schemaRef>[0], example: object): object {
  return {
    required: true,
    content: { 'application/json': { schema: schemaRef(schema), examples: { greet: { value: example } } } },
  };
}

function problemResponse([status, description]: [status: string, description: string]): Response {
  const examples = PROBLEM_EXAMPLES.filter(({ value }) => `${value.status}` === status);
  const response = {
    description,
    ...(status === '429' || status === '503'
      ? { headers: { 'Retry-After': { schema: { type: 'integer' } } } }
      : {}),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: schemaRef('Problem'),
        examples: Object.fromEntries(examples.map(({ name, value }) => [name, { value }])),
      },
    },
  };
  return [status, response];
}
