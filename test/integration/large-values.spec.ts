/** Large values go through the gateway as the bytes that they are: they must be at the other end what they always were. */
import { Binary } from '../support/binary.js';
import { DuplexClient } from '../support/duplex-client.js';
import { post, postForEvents } from '../support/http-execute.js';
import { RawClient } from '../support/raw-client.js';

const MIB = 2 ** 20;
/** Of the service that is tested; the same as its default. */
const MAX_RESULT_BYTES = 8 * MIB - 64 * 1024;
const MAX_CODE_BYTES = 2 * MIB;
const MAX_DEPTH = 100;

let binary: Binary;
let url: string;

beforeAll(async () => {
  binary = new Binary([], {
    PORT: '0',
    TIMEOUT: '30000',
    SANDBOX_MAX_CODE_BYTES: String(MAX_CODE_BYTES),
    SANDBOX_MAX_RESULT_BYTES: String(MAX_RESULT_BYTES),
    SANDBOX_MAX_DEPTH: String(MAX_DEPTH),
  });
  url = await binary.listens();
});
afterAll(() => binary.kill('SIGTERM'));

/** Everything that a text may have. */
const PART = 'aä€😀\u2028\u2029</script>"\\\n\t\u0000\u007f\ud800${`';
const textOf = (bytes: number): string => PART.repeat(Math.ceil(bytes / Buffer.byteLength(PART)));

const exhausted = (limit: string): object => ({ code: 1003, data: { limit } });
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

/** Values with their size, as JSON. */
const values: [string, string][] = [
  ['a text of 1 MiB', JSON.stringify(textOf(MIB))],
  ['a text of 5 MiB', JSON.stringify('ä😀'.repeat(800_000))],
  ['numbers at the edge', JSON.stringify({ list: Array.from({ length: 200_000 }, (_, i) => i / 7 - 1e4) })],
  ['many keys', JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`k😀${i}`, i])))],
  ['what is nested as deep as it may', `{"a":${deep(MAX_DEPTH - 2)},"b":"${'x'.repeat(MIB)}"}`],
  ['unusual names', `{"__proto__":{"a":1},"constructor":1,"":2,"a\\u0062":"${'y'.repeat(200_000)}"}`],
  ['white space and line breaks', `{ "a" :\r\n [ 1 ,\t"${'z'.repeat(200_000)}" ]\n}`],
];

const echo = 'function f(cb) { cb(v) }';
/** A request with globals that are this JSON, letter for letter. */
const bodyOf = (json: string, code = echo): string =>
  `{"code":${JSON.stringify(code)},"call":"f","globals":{"v":${json}}}`;

async function execute(body: string): Promise<Record<string, unknown>> {
  const client = await RawClient.greet(url);
  client.send(`{"type":"req","method":"runtime.execute","id":1,"payload":${body}}`);
  const reply = await client.nextMessage();
  await client.close();
  return (reply['payload'] ?? reply['error']) as Record<string, unknown>;
}

/** As JSON: `toEqual` takes seconds for a list of 200,000, and prints megabytes where it fails. */
function expectSame(found: unknown, expected: unknown): void {
  expect(JSON.stringify(found) === JSON.stringify(expected)).toBe(true);
}

const valueOf = (result: unknown): unknown => (result as { readonly value?: unknown } | undefined)?.value;

describe('a large value', () => {
  it.each(values)('of globals comes back over WebSocket, HTTP and events: %s', async (_, json) => {
    const value: unknown = JSON.parse(json);
    const body = bodyOf(json);
    expectSame((await execute(body))['value'], value);
    expectSame((await post(url, body)).body['value'], value);
    const { events } = await postForEvents(url, body);
    expect(events.at(-1)?.event).toBe('result');
    expectSame(valueOf(events.at(-1)?.data), value);
  });

  it.each(values)('that is yielded comes whole: %s', async (_, json) => {
    const value: unknown = JSON.parse(json);
    const body = bodyOf(json, 'async function* f() { yield v; yield 1; return v }');
    const { events } = await postForEvents(url, body);
    expect(events.map(({ event }) => event)).toEqual(['value', 'value', 'result']);
    expectSame(events[0]?.data, value);
    expectSame(valueOf(events[2]?.data), value);
  });

  it.each(values)('goes to a host function of the client and back: %s', async (_, json) => {
    const value: unknown = JSON.parse(json);
    const client = await RawClient.greet(url);
    const payload = `${bodyOf(json, 'async function f() { return [await host.echo(v, 1)] }').slice(0, -1)},"options":{"functions":["echo"]}}`;
    client.send(`{"type":"req","method":"runtime.execute","id":"x","payload":${payload}}`);
    const call = await client.nextMessage();
    expect(call).toMatchObject({ type: 'req', method: 'echo' });
    expectSame(call['payload'], [value, 1]);
    client.send(`{"type":"rep","id":${JSON.stringify(call['id'])},"payload":${json}}`);
    const reply = await client.nextMessage();
    expect(reply).toMatchObject({ id: 'x', payload: { console: [] } });
    expectSame(valueOf(reply['payload']), [value]);
    await client.close();
  });

  it('has numbers that a script sees as JSON.parse reads them', async () => {
    const json = `[-0, 1e400, -1e400, 1E2, 9007199254740993, 0.1, 1e-400, "${'x'.repeat(100_000)}"]`;
    const code =
      'function f(cb) { cb([Object.is(v[0], -0), v[1], v[1] === Infinity, v[2] === -Infinity, ...v.slice(3, 7)]) }';
    for (const small of [true, false]) {
      const body = bodyOf(small ? json.replace(/x+/, '') : json, code);
      // oxlint-disable-next-line no-await-in-loop
      expect((await execute(body))['value']).toEqual([true, null, true, true, 100, 9007199254740992, 0.1, 0]);
    }
  });

  it.each([
    ['within', MAX_DEPTH - 1, undefined],
    ['beyond', MAX_DEPTH + 1, 'depth'],
  ])('as a result %s the depth is answered as a small one is', async (_, levels, limit) => {
    for (const padding of ['', 'x'.repeat(MIB)]) {
      const code = `function f(cb) { let v = ${JSON.stringify(padding)}; for (let i = 0; i < ${levels}; i++) v = [v]; cb(v) }`;
      // oxlint-disable-next-line no-await-in-loop
      const answer = await execute(JSON.stringify({ code, call: 'f' }));
      const value: unknown = JSON.parse('['.repeat(levels) + JSON.stringify(padding) + ']'.repeat(levels));
      expect(answer).toMatchObject(limit === undefined ? { value } : exhausted(limit));
    }
  });

  it.each([
    ['exactly as long as it may be', 0, undefined],
    ['a byte longer', 1, 'result'],
  ])('as a result that is %s', async (_, more, limit) => {
    // With the quotes.
    const code = `function f(cb) { cb("ä".repeat(100) + "x".repeat(${MAX_RESULT_BYTES - 202 + more})) }`;
    const body = JSON.stringify({ code, call: 'f' });
    const answer = await execute(body);
    const { body: overHttp } = await post(url, body);
    const value = `${'ä'.repeat(100)}${'x'.repeat(MAX_RESULT_BYTES - 202)}`;
    expect(answer).toMatchObject(limit === undefined ? { value } : exhausted(limit));
    expect(overHttp).toMatchObject(limit === undefined ? { value } : { code: 1003, limit });
  });
});

/** The same JSON with other letters. */
function escaped(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Almost as much as a code may have. */
function fill(unit: string): string {
  return unit.repeat(Math.floor((MAX_CODE_BYTES - 64) / Buffer.byteLength(unit)));
}

describe('large texts of a script', () => {
  const literal = `/* ${textOf(300_000).replace('*/', '')} */`;
  const code = `${literal}\nconst text = ${JSON.stringify('é😀\u2028</script>'.repeat(30_000))};\nfunction f(cb) { cb(text) }`;
  const caller = `${literal}\nfunction (callee, cb) { callee((value) => cb(value.length)) }`;
  const text = 'é😀\u2028</script>'.repeat(30_000);

  it('run as small ones do, however they are escaped', async () => {
    for (const body of [JSON.stringify({ code, call: 'f' }), escaped({ code, call: 'f' })]) {
      expect((await execute(body))['value']).toBe(text); // oxlint-disable-line no-await-in-loop
      expect((await post(url, body)).body['value']).toBe(text); // oxlint-disable-line no-await-in-loop
    }
    const called = JSON.stringify({ code, call: 'f', caller: caller.slice(literal.length + 1) });
    expect((await execute(called))['value']).toBe(text.length);
  });

  it('have one id when they are prepared, however they are escaped, and run by it', async () => {
    const client = await RawClient.greet(url);
    const ids = new Set<unknown>();
    for (const [id, payload] of [JSON.stringify({ code }), escaped({ code })].entries()) {
      client.send(`{"type":"req","method":"runtime.prepare","id":${id},"payload":${payload}}`);
      const reply = await client.nextMessage(); // oxlint-disable-line no-await-in-loop
      ids.add((reply['payload'] as { script: string }).script);
    }
    const overHttp = await post(url, escaped({ code }), undefined, '/v1/prepare');
    ids.add(overHttp.body['script']);
    expect([...ids]).toEqual([expect.stringMatching(/^sha256:/)]);
    await client.close();

    const duplex = await DuplexClient.connect(url);
    const [script] = ids;
    for (let run = 0; run < 2; run++)
      // oxlint-disable-next-line no-await-in-loop
      expect(await duplex.call('runtime.execute', { script, call: 'f' })).toMatchObject({ value: text });
    await duplex.close();
  });

  it('name their errors as small ones do', async () => {
    const broken = await execute(JSON.stringify({ code: `${literal}\nlet let = 1` }));
    expect(broken).toMatchObject({ code: 1000, message: 'SyntaxError' });
    const threw = await execute(JSON.stringify({ code: `${literal}\nthrow new RangeError("ä")` }));
    expect(threw).toMatchObject({ code: 1000, message: 'RangeError', data: { message: 'ä' } });
  });

  it.each([
    ['exactly as long as it may be', 0, undefined],
    ['a byte longer', 1, 'code'],
  ])('are as long as they are once decoded: %s', async (_, more, limit) => {
    const end = '\nfunction f(cb) { cb(1) }';
    for (const unit of ['x', 'ä', '😀', '\t']) {
      const begin = `//${fill(unit)}`;
      const rest = MAX_CODE_BYTES - Buffer.byteLength(begin) - Buffer.byteLength(end) + more;
      const full = { code: begin + ' '.repeat(rest) + end, call: 'f' };
      for (const payload of [JSON.stringify(full), escaped(full)]) {
        // With escapes a frame would be too long.
        if (payload.length > 7 * MIB) continue;
        const answer = await execute(payload); // oxlint-disable-line no-await-in-loop
        expect(answer).toMatchObject(limit === undefined ? { value: 1 } : exhausted(limit));
      }
    }
  });
});
