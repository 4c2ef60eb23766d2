import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import {
  EVENTS_EXAMPLE,
  PREPARED_EXAMPLE,
  PROBLEM_EXAMPLES,
  RESULT_EXAMPLE,
  SCRIPT_EXAMPLE,
  TEXTS_EXAMPLE,
} from './examples.js';
import { ExecuteController } from './execute.controller.js';
import { EVENTS_TYPE } from './media-type.js';
import { PrepareController } from './prepare.controller.js';
import { PROBLEM_MEDIA_TYPE } from './problem.js';
import { schemaRef } from './schemas.js';

/** Name of the security scheme for the secret header. */
export const SECRET_SCHEME = 'secret';

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

/**
 * Adds the OpenAPI decorators to the controllers. Called when the document is built, so that `@nestjs/swagger` is
 * loaded lazily.
 */
export function describeOperations(): void {
  decorate(ExecuteController.prototype, 'execute', DescribeExecute());
  decorate(PrepareController.prototype, 'prepare', DescribePrepare());
}

function decorate<T extends object>(
  prototype: T,
  operation: keyof T & string,
  decorator: MethodDecorator,
): void {
  decorator(prototype, operation, Object.getOwnPropertyDescriptor(prototype, operation) ?? {});
}

/** OpenAPI description of `POST /v1/execute`. */
function DescribeExecute(): MethodDecorator {
  return applyDecorators(
    ApiSecurity(SECRET_SCHEME),
    ApiOperation({
      operationId: 'execute',
      summary: 'Runs a script',
      description:
        'Runs a script and returns its value, its console lines and its time. The script is cancelled if the client disconnects.',
    }),
    ApiBody({ required: true, schema: schemaRef('Script'), examples: { greet: { value: SCRIPT_EXAMPLE } } }),
    ApiResponse({
      status: 200,
      description: 'The result. As an event stream: console lines and values as they occur, then the result.',
      content: {
        'application/json': { schema: schemaRef('Result'), examples: { greet: { value: RESULT_EXAMPLE } } },
        [EVENTS_TYPE]: { schema: { type: 'string' }, examples: { greet: { value: EVENTS_EXAMPLE } } },
      },
    }),
    ...Object.entries(STATUS_DESCRIPTIONS).map(([status, description]) =>
      problemResponse(Number(status), description),
    ),
  );
}

/** OpenAPI description of `POST /v1/prepare`. */
function DescribePrepare(): MethodDecorator {
  return applyDecorators(
    ApiSecurity(SECRET_SCHEME),
    ApiOperation({
      operationId: 'prepare',
      summary: 'Compiles a script and keeps it',
      description:
        'Returns the id with which the script can be executed. Preparing the same script again returns the same id.',
    }),
    ApiBody({ required: true, schema: schemaRef('Texts'), examples: { greet: { value: TEXTS_EXAMPLE } } }),
    ApiResponse({
      status: 200,
      description: 'The script was compiled and is kept.',
      content: {
        'application/json': {
          schema: schemaRef('Prepared'),
          examples: { greet: { value: PREPARED_EXAMPLE } },
        },
      },
    }),
    ...Object.entries(STATUS_DESCRIPTIONS)
      .filter(([status]) => status !== '404')
      .map(([status, description]) => problemResponse(Number(status), description)),
  );
}

function problemResponse(status: number, description: string): MethodDecorator {
  const examples = PROBLEM_EXAMPLES.filter(({ value }) => value.status === status);
  return ApiResponse({
    status,
    description,
    ...(status === 429 || status === 503
      ? { headers: { 'Retry-After': { schema: { type: 'integer' } } } }
      : {}),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: schemaRef('Problem'),
        examples: Object.fromEntries(examples.map(({ name, value }) => [name, { value }])),
      },
    },
  });
}
