/** JSON Schemas of requests and responses, by their names in the OpenAPI document. */
export const SCHEMAS = {
  Script: {
    type: 'object',
    description: 'Either `code`, with `language` and `caller`, or `script`.',
    properties: {
      code: { type: 'string', description: 'JavaScript, evaluated in a fresh context.' },
      script: {
        type: ['string', 'null'],
        description: 'Id from POST /v1/prepare, instead of the code.',
      },
      language: {
        type: ['string', 'null'],
        enum: ['module', 'typescript', '', null],
        description: 'Language of the code; null, empty or absent for JavaScript.',
      },
      globals: {
        type: ['object', 'null'],
        additionalProperties: true,
        description: 'Each key becomes a global.',
      },
      call: {
        description: 'Name of the function to call. Without a name the request fails with error 1001.',
      },
      options: {
        type: ['object', 'null'],
        additionalProperties: true,
        description:
          'Options of the execution, as in PROTOCOL.md. `functions` is only supported over WebSocket.',
      },
      caller: {
        type: ['string', 'null'],
        description:
          'Code of a function (callee, cb) that calls the callee; null, empty or absent for the default: (callee, cb) => callee(cb).',
      },
    },
  },
  Texts: {
    type: 'object',
    required: ['code'],
    properties: {
      code: { type: 'string', description: 'JavaScript.' },
      language: { type: ['string', 'null'], enum: ['module', 'typescript', '', null] },
      caller: { type: ['string', 'null'], description: 'As in a script.' },
    },
  },
  Prepared: {
    type: 'object',
    required: ['script'],
    properties: { script: { type: 'string', description: 'The same texts always have the same id.' } },
  },
  Result: {
    type: 'object',
    required: ['value', 'console', 'time'],
    properties: {
      value: {
        description: 'The value that the script returned or passed to its callback; null if there is none.',
      },
      console: { type: 'array', items: { type: 'string' }, description: 'One entry for each console call.' },
      time: { type: 'integer', minimum: 0, description: 'Milliseconds.' },
    },
  },
  Problem: {
    type: 'object',
    description: 'Problem details (RFC 9457). The data of the error are extension members, see docs/http.md.',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: { type: 'string', format: 'uri', description: 'URI of the problem type; one for each code.' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'integer', description: 'Error code, see PROTOCOL.md.' },
      console: { type: 'array', items: { type: 'string' }, description: 'The console lines so far.' },
    },
    additionalProperties: true,
  },
} as const;

export function schemaRef(name: keyof typeof SCHEMAS): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
