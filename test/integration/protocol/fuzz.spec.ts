/* oxlint-disable no-await-in-loop -- frames come one after another */
import * as fc from 'fast-check';
import { bootDuplexApp, type DuplexApp } from '../../support/duplex-app.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { RawClient } from '../../support/raw-client.js';
import { SampleGateway, SecondGateway } from '../../support/sample.gateway.js';

const METHODS = [
  'echo',
  'fail',
  'crash',
  'throwText',
  'bigint',
  'guarded',
  'number',
  'count',
  'countThenFail',
  'intercepted',
];

const methods = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...METHODS) },
  { weight: 1, arbitrary: fc.constantFrom('nope', '', 'constructor', '__proto__', 'toString') },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 5, {}, ['echo'], undefined) },
);
/** Few, so that they meet again. */
const usableIds = fc.constantFrom<unknown>(0, 1, 2, 1.5, -1, '1', '', 'a');
const ids = fc.oneof(
  { weight: 30, arbitrary: usableIds },
  { weight: 5, arbitrary: fc.constantFrom<unknown>(null, undefined) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(true, {}, [1]) },
);
const requests = fc.record(
  {
    type: fc.constant('req'),
    method: methods,
    id: ids,
    payload: fc.jsonValue(),
    more: fc.constantFrom<unknown>(true, false, undefined, undefined, undefined, null, 1),
    ext: fc.option(fc.jsonValue()),
  },
  { requiredKeys: ['type', 'method', 'id'] },
);
const garbage = fc.oneof(
  fc.string(),
  fc.json(),
  fc.constantFrom('{"type":"rep","id":1}', 'SIMPLEX/1.0;json', '{"type":"x"}'),
  requests.chain((request) => {
    const text = JSON.stringify(request);
    return fc.nat(text.length - 1).map((cut) => text.slice(0, cut) + text.slice(cut + 1));
  }),
  fc.uint8Array(),
);
const frames = fc.array(
  fc.oneof(
    { weight: 40, arbitrary: requests.map((request) => JSON.stringify(request)) },
    { weight: 3, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: garbage },
  ),
  { maxLength: 60 },
);

/** How many final replies each id should have had: a model of the rules, apart from the code. */
function expectedReplies(sent: readonly (string | Uint8Array)[]): Map<unknown, number> {
  const open = new Set<unknown>();
  const expected = new Map<unknown, number>();
  for (const frame of sent) {
    const request = parse(frame);
    if (request?.['type'] !== 'req') continue;
    const { id, more } = request;
    if (typeof id !== 'number' && typeof id !== 'string') continue;
    const follows = open.has(id);
    if (more === true) open.add(id);
    else open.delete(id);
    if (!follows) expected.set(id, (expected.get(id) ?? 0) + 1);
  }
  return expected;
}

function parse(frame: string | Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = typeof frame === 'string' ? JSON.parse(frame) : undefined;
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with a reply's form. */
function flawOf(frame: string): string | undefined {
  const reply = JSON.parse(frame);
  if (reply.type !== 'rep' || !Object.hasOwn(reply, 'id')) return `no reply: ${frame}`;
  if (Object.hasOwn(reply, 'payload') === Object.hasOwn(reply, 'error'))
    return `not payload or error: ${frame}`;
  if (!Object.hasOwn(reply, 'error')) return undefined;
  return Number.isInteger(reply.error.code) && typeof reply.error.message === 'string'
    ? undefined
    : `error: ${frame}`;
}

function finalReplies(received: readonly string[]): Map<unknown, number> {
  const finals = new Map<unknown, number>();
  for (const { id, more } of received.map((frame) => JSON.parse(frame))) {
    if (more !== true) finals.set(id, (finals.get(id) ?? 0) + 1);
  }
  return finals;
}

/** Everything that came until all sent so far was handled or the connection closed. */
async function settle(client: RawClient): Promise<{ received: string[]; closeCode: number | undefined }> {
  const received: string[] = [];
  const fence = async (id: string): Promise<void> => {
    client.send(JSON.stringify({ type: 'req', method: 'echo', id }));
    let frame = await client.next();
    for (; JSON.parse(frame).id !== id; frame = await client.next()) received.push(frame);
  };
  try {
    await fence('fence 1');
    // The first fence may overtake a handler that takes longer.
    await fence('fence 2');
    return { received, closeCode: undefined };
  } catch {
    return { received, closeCode: (await client.closed).code };
  }
}

describe('random frames, on a real socket', () => {
  let server: DuplexApp;
  let bystander: DuplexClient;
  beforeAll(async () => {
    server = await bootDuplexApp([SampleGateway, SecondGateway]);
    bystander = await DuplexClient.connect(server.url);
  });
  afterAll(() => server.close());

  it('never harm the server: each request is answered once, or its connection closed', async () => {
    const closeCodes: (number | undefined)[] = [];
    await fc.assert(
      fc.asyncProperty(frames, async (sent) => {
        const client = await RawClient.greet(server.url);
        for (const frame of sent) client.socket.send(frame);
        const { received, closeCode } = await settle(client);
        closeCodes.push(closeCode);
        const finals = finalReplies(received);
        const expected = expectedReplies(sent);
        const surplus = [...finals].filter(([id, count]) => count > (expected.get(id) ?? 0));
        expect({ surplus, flaws: received.map(flawOf).filter(Boolean) }).toEqual({ surplus: [], flaws: [] });
        // An open connection owes nothing.
        expect(closeCode === undefined ? finals : expected).toEqual(expected);
        expect(await bystander.call('echo', sent.length)).toBe(sent.length);
        await client.close();
      }),
      // Chance alone does not bring every end in every run.
      { numRuns: 300, examples: [[['']], [['{"type":']], [['{"type":"x"}']], [[new Uint8Array([1])]]] },
    );
    // All ends were really tried.
    expect(new Set(closeCodes)).toEqual(new Set([undefined, 1002, 1003, 1007]));
  });

  it('are refused as a first frame, unless they are a greeting', async () => {
    await fc.assert(
      fc.asyncProperty(
        garbage.filter((frame) => frame !== 'SIMPLEX/1.0;json'),
        async (frame) => {
          const client = await RawClient.connect(server.url);
          client.socket.send(frame);
          expect(await client.next()).toMatch(/^-ERR /);
          expect((await client.closed).code).toBe(1002);
          expect(await bystander.call('echo', 1)).toBe(1);
        },
      ),
      { numRuns: 100 },
    );
  });
});
