/** What goes over HTTP, as JSON Schema; the names are those of the OpenAPI document. */
export const SCHEMAS = {
  Script: {
    type: 'object',
    description: 'Either `code`, with `language` and `caller`, or `script`.',
    properties: {
      code: { type: 'string', description: 'JavaScript, evaluated in a fresh context.' },
      script: {
        type: ['string', 'null'],
        description: 'What POST /v1/prepare has answered, in place of the code.',
      },
      language: {
        type: ['string', 'null'],
        enum: ['module', 'typescript', '', null],
        description: 'What the code is written in; null, empty or absent for JavaScript.',
      },
      globals: {
        type: ['object', 'null'],
        additionalProperties: true,
        description: 'Each key becomes a global of the context.',
      },
      call: {
        description: 'Name of the function to call. Without a name nothing is called: error 1001.',
      },
      options: {
        type: ['object', 'null'],
        additionalProperties: true,
        description: 'How the script is run, as in PROTOCOL.md; `functions` needs a WebSocket.',
      },
      caller: {
        type: ['string', 'null'],
        description:
          'Code of a function (callee, cb) that calls it; null, empty or absent for the default: (callee, cb) => callee(cb).',
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
    properties: { script: { type: 'string', description: 'The same for the same texts.' } },
  },
  Result: {
    type: 'object',
    required: ['value', 'console', 'time'],
    properties: {
      value: { description: 'What the script answered; null for nothing.' },
      console: { type: 'array', items: { type: 'string' }, description: 'One text for each line.' },
      time: { type: 'integer', minimum: 0, description: 'Milliseconds.' },
    },
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457. The data of the error are further members; docs/http.md lists them.',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: { type: 'string', format: 'uri', description: 'One for each code.' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'integer', description: 'The code of the error in PROTOCOL.md.' },
      console: { type: 'array', items: { type: 'string' }, description: 'The lines so far.' },
    },
    additionalProperties: true,
  },
} as const;

export function schemaRef(name: keyof typeof SCHEMAS): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
