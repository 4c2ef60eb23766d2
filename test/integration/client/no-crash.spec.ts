/** No way of calling ends the application's process, leaves a promise open, or writes to its stderr. */
import { Binary } from '../../support/binary.js';
import { runClientProcess } from '../../support/client-process.js';
import { SimplexServer } from '../../support/simplex-server.js';

let service: Binary;
let url: string;

beforeAll(async () => {
  service = new Binary(['--port', '0', '--timeout', '5000']);
  url = await service.listens();
});

afterAll(() => service.kill('SIGKILL'));

/** Runs it to its end; gives the JSON that it printed. */
async function printed(code: string, to = url): Promise<unknown> {
  const { end, stdout, stderr } = await runClientProcess(code, to);
  expect({ end, stderr }).toEqual({ end: 0, stderr: '' });
  return JSON.parse(stdout);
}

const ENDLESS = `{ code: 'f = () => new Promise(() => {})', call: 'f' }`;

const throws = (what: string): string => `() => { throw ${what} }`;

describe('an AbortSignal', () => {
  it.each([
    ['aborted already', 'const signal = AbortSignal.abort("x");', ''],
    ['aborted in the same turn', 'const c = new AbortController(); const { signal } = c;', 'c.abort("x");'],
    [
      'aborted while the script runs',
      'const c = new AbortController(); const { signal } = c;',
      'await run.ready(); await turn(); c.abort("x");',
    ],
    [
      'made by any of any',
      'const c = new AbortController(); const signal = AbortSignal.any([AbortSignal.any([c.signal])]);',
      'await run.ready(); await turn(); c.abort("x");',
    ],
    ['that times out', 'const signal = AbortSignal.timeout(50);', ''],
  ])('%s cancels, for those who look and for those who do not', async (_, make, abort) => {
    const seen = await printed(`
      const run = connect(URL_);
      ${make}
      const prepared = await run.prepare({ code: 'f = () => new Promise(() => {})' });
      const looked = run.execute({ ...${ENDLESS}, signal });
      run.execute({ ...${ENDLESS}, signal });
      prepared.execute({ call: 'f', signal });
      const iterated = run.execute({ ...${ENDLESS}, signal });
      const loop = outcome((async () => { for await (const value of iterated); })());
      ${abort}
      await turn();
      const late = await outcome(looked);
      await loop;
      await turn();
      await run.close();
      console.log(JSON.stringify([late, await loop]));`);
    expect(seen).toEqual(['CancelledError: Cancelled', 'CancelledError: Cancelled']);
  });

  it('aborted before there is a connection cancels, and nothing is sent', async () => {
    const seen = await printed(`
      const run = connect(URL_);
      const c = new AbortController();
      const waiting = run.execute({ ...${ENDLESS}, signal: c.signal });
      run.execute({ ...${ENDLESS}, signal: c.signal });
      await Promise.resolve();
      c.abort();
      const { mayHaveRun } = await waiting.then(() => ({}), (error) => error);
      await run.ready();
      console.log(JSON.stringify([await outcome(waiting), mayHaveRun]));
      await run.close();`);
    expect(seen).toEqual(['CancelledError: Cancelled', false]);
  });

  it('aborted while the client connects again cancels what waits', async () => {
    const server = await SimplexServer.listen();
    server.onFrame = (_, { socket }) => socket.terminate();
    const seen = await printed(
      `
      const run = connect(URL_, { queueTimeout: 20000 });
      const lost = await outcome(run.execute({ code: '' }));
      const c = new AbortController();
      const waiting = outcome(run.execute({ code: '', signal: c.signal }));
      run.execute({ code: '', signal: c.signal });
      await Promise.resolve();
      c.abort();
      const seen = [lost.slice(0, 19), await waiting];
      run.execute({ code: '', signal: c.signal });
      await turn();
      await run.close();
      console.log(JSON.stringify(seen));`,
      server.url,
    );
    await server.stop();
    expect(seen).toEqual(['ConnectionLostError', 'CancelledError: Cancelled']);
  });

  it('aborted while the client waits to ask again cancels, and nothing is sent', async () => {
    const server = await SimplexServer.listen();
    server.onFrame = ({ id }, connection) => connection.fail(id, 1200, 'Busy', { retryAfterMs: 60_000 });
    const seen = await printed(
      `
      const run = connect(URL_, { retry: 5 });
      const c = new AbortController();
      const waiting = outcome(run.execute({ code: '', signal: c.signal }));
      await run.ready(); await turn(); await turn();
      c.abort();
      console.log(JSON.stringify(await waiting));
      await run.close();`,
      server.url,
    );
    await server.stop();
    expect(seen).toBe('CancelledError: Cancelled');
    expect(server.connections[0]?.frames).toHaveLength(1);
  });
});

describe('an unhandled failure', () => {
  it.each([
    ['a script that throws', `run.execute({ code: 'throw 1' });`],
    [
      'a cancelled execution',
      `const e = run.execute(${ENDLESS}); await run.ready(); await turn(); await e.cancel();`,
    ],
    ['an execution that close() ends', `run.execute(${ENDLESS}); await run.ready();`],
    [
      'a request that waits for a connection when close() is called',
      `connect('ws://127.0.0.1:1').close(); run.execute({ code: '' });`,
    ],
    ['a script that does not compile', `run.prepare({ code: '(' }); await run.ready();`],
    [
      'a connection that cannot be opened',
      `const none = connect('ws://127.0.0.1:1', { reconnect: false }); none.ready(); none.execute({ code: '' }); await turn(); await none.close();`,
    ],
    [
      'calls after close()',
      `await run.close(); run.execute({ code: '' }); run.prepare({ code: '' }); run.ready();`,
    ],
    [
      'a loop that was left',
      `const e = run.execute({ code: 'async function* f() { for (;;) yield 1 }', call: 'f', options: { timeout: 200 } }); for await (const v of e) break;`,
    ],
    [
      'a frame that is too long',
      `const small = connect(URL_, { maxFrameBytes: 100 }); small.execute({ code: 'x'.repeat(200) }); small.prepare({ code: 'x'.repeat(200) }); await small.ready(); await turn(); await small.close();`,
    ],
    [
      'a createConnection that throws',
      `const none = connect(URL_, { createConnection: () => { throw new Error('no stream') } }); none.execute({ code: '' }); await turn(); await turn(); await none.close();`,
    ],
  ])('does not end the process: %s', async (_, code) => {
    const seen = await printed(`
      const run = connect(URL_);
      ${code}
      await turn(); await turn(); await turn();
      await run.close();
      console.log('"over"');`);
    expect(seen).toBe('over');
  });

  it('still rejects for those who await it: a createConnection that throws', async () => {
    const seen = await printed(`
      const run = connect(URL_, { reconnect: false, createConnection: () => { throw new Error('no stream') } });
      console.log(JSON.stringify([await outcome(run.execute({ code: '' })), await outcome(run.ready())]));
      await run.close();`);
    expect(seen).toEqual([
      'NotConnectedError: no connection (1006 no stream)',
      'NotConnectedError: no connection (1006 no stream)',
    ]);
  });
});

describe('a host function', () => {
  const ROWS: readonly (readonly [title: string, g: string, message: string])[] = [
    [
      'throws Object.create(null)',
      throws('Object.create(null)'),
      'a value that cannot be converted to text was thrown',
    ],
    ['throws a symbol', throws('Symbol("s")'), 'Symbol(s)'],
    ['throws null', throws('null'), 'null'],
    ['throws undefined', throws('undefined'), 'undefined'],
    ['throws a BigInt', throws('5n'), '5'],
    ['throws a function', throws('function f() {}'), 'function f() {}'],
    ['throws a string', throws('"no"'), 'no'],
    [
      'throws an object whose getters throw',
      throws('{ get message() { throw 1 }, get code() { throw 2 }, get data() { throw 3 } }'),
      '[object Object]',
    ],
    [
      'throws an object whose toString throws',
      throws('{ toString() { throw 1 } }'),
      'a value that cannot be converted to text was thrown',
    ],
    [
      'throws an object whose toString returns no string',
      throws('{ toString() { return {} }, valueOf() { return {} } }'),
      'a value that cannot be converted to text was thrown',
    ],
    [
      'throws a proxy that was revoked',
      throws('(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()'),
      'a value that cannot be converted to text was thrown',
    ],
    [
      'throws a proxy whose traps throw',
      throws('new Proxy({}, { get() { throw 1 } })'),
      'a value that cannot be converted to text was thrown',
    ],
    [
      'throws an error whose message is not a string',
      throws('Object.assign(new Error(), { message: Symbol("m") })'),
      'a value that cannot be converted to text was thrown',
    ],
    ['throws data that JSON cannot carry', throws('Object.assign(new Error("m"), { data: 5n })'), 'm'],
    ['throws a code that is not an integer', throws('Object.assign(new Error("m"), { code: 1e300 })'), 'm'],
    [
      'throws a string that exceeds maxFrameBytes',
      throws('new Error("m".repeat(9e6))'),
      'the result of g exceeds maxFrameBytes',
    ],
    ['rejects with undefined', '() => Promise.reject()', 'undefined'],
    ['returns a BigInt', '() => 5n', 'Do not know how to serialize a BigInt'],
    ['returns a cycle', '() => { const a = {}; a.a = a; return a }', 'Converting circular structure to JSON'],
    [
      'returns a value that is nested too deeply',
      '() => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a }',
      'Maximum call stack size exceeded',
    ],
    [
      'returns an object whose toJSON throws an unreadable value',
      '() => ({ toJSON() { throw Object.create(null) } })',
      'a value that cannot be converted to text was thrown',
    ],
    ['returns a thenable that throws', '() => ({ get then() { throw new Error("then") } })', 'then'],
    [
      'returns a value that exceeds maxFrameBytes',
      '() => "x".repeat(9e6)',
      'the result of g exceeds maxFrameBytes',
    ],
  ];
  /** All in one process, one after the other, beside a script that has nothing to do with them. */
  let outcomes: readonly unknown[] = [];
  beforeAll(async () => {
    outcomes = (await printed(`
      const run = connect(URL_);
      const code = 'f = async () => { try { return { value: await host.g() } } catch ({ message }) { return message } }';
      const other = run.execute({ code: 'f = (cb) => setTimeout(cb, 500, "other")', call: 'f' });
      const seen = [];
      for (const g of [${ROWS.map(([, g]) => g).join(',\n')}])
        seen.push(await outcome(run.execute({ code, call: 'f', functions: { g } })));
      console.log(JSON.stringify([await outcome(other), ...seen]));
      await run.close();`)) as readonly unknown[];
  });

  it.each(ROWS.map(([title, , message], index) => ({ title, message, index })))(
    'that $title fails only in the script',
    ({ message, index }) =>
      expect([outcomes[0], outcomes[index + 1]]).toEqual(['other', expect.stringContaining(message)]),
  );

  it.each([
    ['nothing', '() => {}'],
    ['a function', '() => () => {}'],
    ['a symbol', '() => Symbol()'],
  ])('that returns %s resolves to null in the script', async (_, g) => {
    const seen = await printed(`
      const run = connect(URL_);
      const { value } = await run.execute({ code: 'f = async () => [await host.g()]', call: 'f', functions: { g: ${g} } });
      console.log(JSON.stringify(value));
      await run.close();`);
    expect(seen).toEqual([null]);
  });
});

describe('a request that cannot be serialized', () => {
  const REQUESTS = [
    ['a BigInt in options', '{ options: { timeout: 5n } }', 'TypeError: options cannot be sent as JSON: '],
    ['a cycle in options', '{ options: cycle }', 'TypeError: options cannot be sent as JSON: '],
    [
      'a toJSON in options that throws',
      '{ options: { timeout: { toJSON() { throw Object.create(null) } } } }',
      'TypeError: options cannot be sent as JSON: ',
    ],
    [
      'a getter in options that throws',
      '{ options: { get stream() { throw new RangeError("mine") } } }',
      'RangeError: mine',
    ],
    [
      'options whose toJSON returns a string',
      '{ options: { toJSON: () => "x" } }',
      'TypeError: options must be an object',
    ],
    [
      'a BigInt in globals',
      '{ globals: { a: 5n } }',
      'TypeError: the script or its globals cannot be sent as JSON: ',
    ],
    [
      'a cycle in globals',
      '{ globals: cycle }',
      'TypeError: the script or its globals cannot be sent as JSON: ',
    ],
    [
      'a toJSON in globals that throws',
      '{ globals: { a: { toJSON() { throw new Error("mine") } } } }',
      'TypeError: the script or its globals cannot be sent as JSON: mine',
    ],
    [
      'globals that are nested too deeply',
      '{ globals: deep }',
      'TypeError: the script or its globals cannot be sent as JSON: ',
    ],
    ['a BigInt as call', '{ call: 5n }', 'TypeError: the script or its globals cannot be sent as JSON: '],
    [
      'functions that contain themselves',
      '{ functions: { a: cycle } }',
      'TypeError: functions: a.self contains itself',
    ],
    ['an invalid signal', '{ signal: {} }', 'TypeError: '],
  ] as const;

  let refusals: readonly (readonly unknown[])[] = [];
  beforeAll(async () => {
    refusals = (await printed(`
      const cycle = {}; cycle.self = cycle;
      const deep = {}; let at = deep; for (let i = 0; i < 1e5; i++) at = at.a = {};
      const run = connect(URL_);
      const prepared = await run.prepare({ code: 'f = (cb) => cb(1)' });
      const refusal = (call) => { try { call(); return 'no error'; } catch (error) { return String(error); } };
      const seen = [${REQUESTS.map(([, request]) => `() => (${request})`).join(',\n')}].map((request) => [
        refusal(() => run.execute({ code: '', ...request() })),
        refusal(() => prepared.execute(request())),
      ]);
      // The client is still usable.
      console.log(JSON.stringify([...seen, [await outcome(prepared.execute({ call: 'f' }))]]));
      await run.close();`)) as readonly (readonly unknown[])[];
  });

  it.each(REQUESTS.map(([title, , error], index) => ({ title, error, index })))(
    'makes execute throw, of the client and of a prepared script: $title',
    ({ error, index }) =>
      expect(refusals[index]).toEqual([expect.stringContaining(error), expect.stringContaining(error)]),
  );

  it('leaves the client usable', () => expect(refusals.at(-1)).toEqual([1]));

  it.each([
    ['a BigInt', '{ code: 5n }'],
    ['a toJSON that throws', '{ code: { toJSON() { throw 1 } } }'],
    ['nothing at all', 'undefined'],
  ])('makes prepare reject: %s', async (_, texts) => {
    const seen = await printed(`
      const run = connect(URL_);
      console.log(JSON.stringify(await outcome(run.prepare(${texts}))));
      await run.close();`);
    expect(seen).toEqual(expect.stringContaining('TypeError: '));
  });
});

describe('a secret', () => {
  const SECRET = 'zürich-日本';
  let guarded: Binary;
  let at: string;
  beforeAll(async () => {
    guarded = new Binary(['--port', '0'], { SECRET });
    at = await guarded.listens();
  });
  afterAll(() => guarded.kill('SIGKILL'));

  it.each(['', '\\n', '\\r\\n'])('is accepted with a trailing %j, as in a file', async (end) => {
    const seen = await printed(
      `
      const run = connect(URL_, { secret: '${SECRET}${end}' });
      console.log(JSON.stringify(await outcome(run.execute({ code: 'f = (cb) => cb(1)', call: 'f' }))));
      await run.close();`,
      at,
    );
    expect(seen).toBe(1);
  });

  it('that is not a valid header value makes connect throw, and is not shown', async () => {
    const secrets = [
      '"a\\nb"',
      '"a\\n\\n"',
      '"\\na"',
      '"a\\0"',
      '"a\\r"',
      '"\\x7f"',
      '"a\\tb"',
      '" a"',
      '"a "',
      '5',
      'Buffer.from("a")',
      'null',
      '{ toString() { throw 1 } }',
    ];
    const seen = await printed(
      `
      const refusal = (secret) => {
        try { connect(URL_, { secret, connectTimeout: 50 }); return 'no error'; } catch (error) { return String(error); }
      };
      const seen = [${secrets.join(', ')}].map(refusal);
      // Longer than connectTimeout: no timer of a connection that was never opened may fire.
      setTimeout(() => console.log(JSON.stringify(seen)), 150);`,
      at,
    );
    expect(seen).toEqual(
      secrets.map(() => expect.stringMatching(/^TypeError: secret (contains a line break|must)/)),
    );
  });
});

describe('an option that is a time', () => {
  it.each(['connectTimeout', 'queueTimeout', 'heartbeat'])('may be Infinity: %s', async (option) => {
    const seen = await printed(`
      const run = connect(URL_, { ${option}: Infinity });
      console.log(JSON.stringify(await outcome(run.execute({ code: 'f = (cb) => cb(1)', call: 'f' }))));
      await run.close();`);
    expect(seen).toBe(1);
  });
});
