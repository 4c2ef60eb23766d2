import {
  EVENTS_EXAMPLE,
  PREPARED_EXAMPLE,
  PROBLEM_EXAMPLES,
  RESULT_EXAMPLE,
  SCRIPT_EXAMPLE,
  TEXTS_EXAMPLE,
} from './examples.js';
import { EVENTS_TYPE } from './media-type.js';
import { PROBLEM_TYPE } from './problem.js';
import { schemaRef } from './schemas.js';

/** The name of the secret's header among the document's security schemes. */
export const SECRET_SCHEME = 'secret';

/** What the OpenAPI document says of one path and method. */
type Operation = Readonly<Record<string, unknown>>;
type Response = readonly [status: string, response: object];

const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The body is not JSON (1102), or not a script (1100). Nothing ran.',
  401: 'The secret is missing or wrong. Nothing ran.',
  403: 'The service requires no secret, and the request comes from a page of another site or names a foreign Host. Nothing ran.',
  404: 'No script of this id is prepared, or not any more (1104). Nothing ran; prepare it again.',
  413: 'The body is longer than MAX_FRAME_BYTES. Nothing ran.',
  415: 'The body is not announced as application/json. Nothing ran.',
  422: 'The script threw (1000), has no such function (1001), or passed a limit (1003).',
  429: 'The tenant is past its rate (1200). Nothing ran; the same request may be sent again after Retry-After.',
  500: 'A fault of the service (1203).',
  502: 'The runner died for a reason that is not the script’s (1201).',
  503: 'Busy (1200) or stopping (1202). Nothing ran; the same request may be sent again after Retry-After.',
  504: 'The script took too long (1002).',
};

/** What the OpenAPI document says of an execution. */
export function executeOperation(): Operation {
  return {
    operationId: 'execute',
    summary: 'Runs a script',
    description:
      'Runs a script and answers its value, its console and its time. A client that goes away ends its script.',
    requestBody: bodyOf('Script', SCRIPT_EXAMPLE),
    responses: Object.fromEntries<object>([
      [
        '200',
        {
          description: 'The script answered. As a stream: events as they happen, the last one is the answer.',
          content: {
            'application/json': {
              schema: schemaRef('Result'),
              examples: { greet: { value: RESULT_EXAMPLE } },
            },
            [EVENTS_TYPE]: { schema: { type: 'string' }, examples: { greet: { value: EVENTS_EXAMPLE } } },
          },
        },
      ],
      ...Object.entries(MEANINGS).map(problemResponse),
    ]),
    security: [{ [SECRET_SCHEME]: [] }],
  };
}

/** And of preparing: nothing runs, so there is nothing that a script could come to. */
export function prepareOperation(): Operation {
  return {
    operationId: 'prepare',
    summary: 'Compiles a script and keeps it',
    description:
      'Answers the id under which the script can be executed. Preparing a script again answers the same.',
    requestBody: bodyOf('Texts', TEXTS_EXAMPLE),
    responses: Object.fromEntries<object>([
      [
        '200',
        {
          description: 'The script compiles, and is kept.',
          content: {
            'application/json': {
              schema: schemaRef('Prepared'),
              examples: { greet: { value: PREPARED_EXAMPLE } },
            },
          },
        },
      ],
      ...Object.entries(MEANINGS)
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
      [PROBLEM_TYPE]: {
        schema: schemaRef('Problem'),
        examples: Object.fromEntries(examples.map(({ name, value }) => [name, { value }])),
      },
    },
  };
  return [status, response];
}
