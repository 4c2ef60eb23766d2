/** The OpenAPI document is valid, and each of its examples is a real response of the program. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Validator } from '@seriousme/openapi-schema-validator';
import { TenantPolicies, type TenantPolicy } from '../../../src/runtime/index.js';
import { Binary } from '../../support/binary.js';
import { get } from '../../support/http.js';
import { JSON_HEADERS, post, postForEvents } from '../../support/http-execute.js';
import { RuntimeApp } from '../../support/runtime-app.js';
import { TcpClient } from '../../support/tcp-client.js';
import { until } from '../../support/until.js';

interface Media {
  readonly schema: object;
  readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post: {
          readonly requestBody: { readonly content: Readonly<Record<string, Media>> };
          readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, Media>> }>>;
        };
      }
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const PROBLEM = 'application/problem+json';
const LOOP = { code: 'console.log("looping"); for (;;);' };
const THROWS = {
  code: 'function f() { throw new RangeError("too small") } console.log("looking")',
  call: 'f',
};
const LARGE = { code: 'function f(cb) { cb("x".repeat(2000)) }', call: 'f' };

let service: Binary;
let url: string;
let document: Document;
beforeAll(async () => {
  service = new Binary(['--port', '0', '--timeout', '500', '--sandbox-max-result-bytes', '1024']);
  url = await service.listens();
  document = JSON.parse((await get(url, '/openapi.json')).text);
});
afterAll(async () => {
  service.kill('SIGTERM');
  await service.ended();
});

/** Finds an example by name. */
function example(name: string): { readonly status: number; readonly value: unknown } {
  for (const [status, { content }] of Object.entries(document.paths['/v1/execute']?.post.responses ?? {})) {
    const found = content[PROBLEM]?.examples[name];
    if (found !== undefined) return { status: Number(status), value: found.value };
  }
  throw new Error(`no example ${name}`);
}

const seen = new Set<string>();

/** Converts a response to the form of an example. */
async function answered(name: string, answer: ReturnType<typeof post>): Promise<unknown> {
  const { status, body, headers } = await answer;
  if (headers.get('content-type') === PROBLEM) seen.add(name);
  return { status, value: body };
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...document }));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(document.openapi).toBe('3.1.0');
  });

  it('is checked by a validator that detects an invalid document', async () => {
    const { valid } = await new Validator().validate({ ...document, paths: { execute: {} } });
    expect(valid).toBe(false);
  });

  it('has the version and the operations of the service', async () => {
    const version = new Binary(['--version']);
    await version.ended();
    expect(document.info.version).toBe(version.stdout.trim());
    expect(Object.keys(document.paths)).toEqual(['/v1/execute', '/v1/prepare']);
  });

  it('has examples that match its schemas', () => {
    const ajv = new Ajv2020({ strict: false, formats: { uri: (text: string) => URL.canParse(text) } });
    ajv.addSchema({ ...document, $id: 'openapi' });
    const medias = Object.values(document.paths)
      .flatMap(({ post: { requestBody, responses } }) => Object.values(responses).concat(requestBody))
      .flatMap((body) => Object.values(body.content));
    expect(medias.length).toBeGreaterThan(20);
    for (const { schema, examples } of medias) {
      const { $ref }: { $ref?: string } = schema;
      const valid = ajv.compile($ref === undefined ? schema : { $ref: `openapi${$ref}` });
      expect(Object.keys(examples)).not.toEqual([]);
      for (const { value } of Object.values(examples))
        expect([valid(value), valid.errors]).toEqual([true, null]);
    }
  });

  it('is served without the Swagger UI', async () => {
    const paths = ['/api', '/docs', '/swagger', '/swagger-ui', '/api-json', '/openapi', '/openapi.yaml'];
    expect(await Promise.all(paths.map(async (path) => (await get(url, path)).status))).toEqual(
      paths.map(() => 404),
    );
  });
});

/** The example request, and its example response in a media type. */
const success = (media: string) => {
  const operation = document.paths['/v1/execute']?.post;
  return {
    script: operation?.requestBody.content['application/json']?.examples['greet']?.value,
    value: operation?.responses['200']?.content[media]?.examples['greet']?.value,
  };
};

describe('the OpenAPI example', () => {
  it('of a prepared script is a real response', async () => {
    const { requestBody, responses } = document.paths['/v1/prepare']?.post ?? {};
    const texts = requestBody?.content['application/json']?.examples['greet']?.value;
    const { status, body } = await post(url, texts, JSON_HEADERS, '/v1/prepare');
    expect([status, body]).toEqual([
      200,
      responses?.['200']?.content['application/json']?.examples['greet']?.value,
    ]);
  });

  it('of a script that is not prepared is a real response', async () => {
    const script = `sha256:${'0'.repeat(64)}`;
    const { status, value } = example('unknownScript');
    expect(await answered('unknownScript', post(url, { script }))).toEqual({
      status,
      value: { ...(value as object), script },
    });
  });

  it('of a result is a real response', async () => {
    const { script, value } = success('application/json');
    const { status, body } = await post(url, script);
    expect([status, { ...body, time: 1 }]).toEqual([200, value]);
  });

  it('of a stream is a real response', async () => {
    const { script, value } = success('text/event-stream');
    const { events } = await postForEvents(url, script);
    const text = events
      .map(({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      .join('');
    expect(text.replaceAll(/"time":\d+/g, '"time":1')).toBe(value);
  });

  it.each<[string, unknown, Readonly<Record<string, string>>]>([
    ['threw', THROWS, {}],
    ['missing', { code: 'exports.greet = () => 1', call: 'greeet' }, {}],
    ['exhausted', LARGE, {}],
    ['timedOut', LOOP, {}],
    ['invalidScript', {}, {}],
    ['notJson', '{', {}],
    ['foreignOrigin', {}, { origin: 'https://evil.example' }],
    ['otherType', {}, { 'content-type': 'text/plain' }],
  ])('of %s is a real response', async (name, script, headers) => {
    expect(await answered(name, post(url, script, { ...JSON_HEADERS, ...headers }))).toEqual(example(name));
  });

  it('of tooLong is a real response to an announced Content-Length', async () => {
    const client = await TcpClient.connect(Number(new URL(url).port));
    client.socket.write(
      'POST /v1/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 8388609\r\n\r\n',
    );
    const [head = '', body = ''] = String(await client.rest()).split('\r\n\r\n');
    expect({ status: Number(head.split(' ')[1]), value: JSON.parse(body) as unknown }).toEqual(
      example('tooLong'),
    );
    seen.add('tooLong');
  });

  it('of noSecret and of busy is a real response', async () => {
    const one = { MAX_CONCURRENCY: '1', SANDBOX_MIN_RUNNERS: '1', QUEUE_SIZE: '0', TIMEOUT: '1000' };
    const other = new Binary([], { PORT: '0', HOST: '127.0.0.1', SECRET: 'correct horse', ...one });
    const address = await other.listens();
    const headers = { ...JSON_HEADERS, 'x-runtime-secret': 'correct horse' };
    expect(await answered('noSecret', post(address, LOOP))).toEqual(example('noSecret'));
    const running = post(address, LOOP, headers);
    // Whichever of the two arrived first runs.
    const answers = await Promise.all([post(address, LOOP, headers), running]);
    const busy = answers.find(({ status }) => status === 503);
    expect(await answered('busy', Promise.resolve(busy ?? running))).toEqual(example('busy'));
    other.kill('SIGTERM');
    expect(await other.ended()).toBe(0);
  });

  it('of rateLimited is a real response, except for the time', async () => {
    class Slow extends TenantPolicies {
      readonly #policy = { rate: { perSecond: 0.1, burst: 1 } };
      override policyOf(): TenantPolicy {
        return this.#policy;
      }
    }
    const app = await RuntimeApp.start({ policies: Slow });
    expect((await post(app.address, LOOP)).status).toBe(200);
    const answer = await post(app.address, LOOP);
    const body = { ...answer.body, retryAfterMs: 20 };
    expect(await answered('rateLimited', Promise.resolve({ ...answer, body }))).toEqual(
      example('rateLimited'),
    );
    await app.close();
  });

  it('of failed, internal and shuttingDown is a real response', async () => {
    const app = await RuntimeApp.start();
    app.sandbox.answer = () => ({ kind: 'died', console: [] });
    expect(await answered('failed', post(app.address, LOOP))).toEqual(example('failed'));
    app.sandbox.answer = () => Promise.reject(new Error('a fault'));
    expect(await answered('internal', post(app.address, LOOP))).toEqual(example('internal'));
    let release: (() => void) | undefined;
    app.sandbox.answer = () =>
      new Promise((resolve) => {
        release = () => resolve({ kind: 'missing', console: [] });
      });
    const running = post(app.address, LOOP);
    await until(() => app.sandbox.executions.length === 3);
    const closed = app.close();
    expect(await answered('shuttingDown', post(app.address, LOOP))).toEqual(example('shuttingDown'));
    release?.();
    expect((await running).status).toBe(422);
    await closed;
  });

  it('of each problem was compared', () => {
    const names = Object.values(document.paths['/v1/execute']?.post.responses ?? {}).flatMap(({ content }) =>
      Object.keys(content[PROBLEM]?.examples ?? {}),
    );
    expect([...seen].toSorted()).toEqual(names.toSorted());
  });
});
