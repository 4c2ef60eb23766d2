/** A script runs at most once, unless nothing of it ran: whatever ends it, its side effects are there once. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Egress, EgressReply } from '../../../src/sandbox/egress.js';
import { killNow, runnerPids } from '../../support/processes.js';
import { SandboxApp } from '../../support/sandbox-app.js';

let app: SandboxApp;

beforeEach(async () => {
  app = await SandboxApp.start({ minRunners: 2, maxRunners: 2, maxMemoryBytes: 160 * 1024 * 1024 });
});

afterEach(() => app.close());

const nothing = (): void => undefined;

const BASE = { globals: {}, call: 'f', caller: undefined } as const;

describe('a script that calls functions of its host', () => {
  it('is not run again when it made more calls than it may, and has read no answer', async () => {
    const calls: unknown[] = [];
    const code = 'function f() { for (let i = 0; i < 20000; i++) host.g(i); }';
    const outcome = await app.sandbox.run(
      { script: { ...BASE, code }, modules: [], timeoutMs: 20_000, tenant: 't', functions: ['g'] },
      undefined,
      {
        call: async (_, args) => {
          calls.push(Object.values(args)[0]);
          return 1;
        },
      },
    );
    expect(outcome).toMatchObject({ kind: 'exhausted', limit: 'calls' });
    expect(calls.length).toBeGreaterThan(0);
    expect(new Set(calls).size).toBe(calls.length);
  });

  it.each([
    ['fills its heap', 'const kept = []; for (;;) kept.push({ a: [kept.length] });'],
    ['fills its memory', 'const kept = []; for (;;) kept.push(Buffer.alloc(1e6, 1));'],
  ])('is not run again when it then %s, with the answer unread', async (_, end) => {
    let calls = 0;
    const code = `function f() { host.g(); console.log("once"); ${end} }`;
    const lines: string[] = [];
    const outcome = await app.sandbox.run(
      { script: { ...BASE, code }, modules: ['buffer'], timeoutMs: 20_000, tenant: 't', functions: ['g'] },
      undefined,
      {
        call: async () => {
          calls += 1;
          return 'x'.repeat(100_000);
        },
        console: ({ text }) => void lines.push(text),
      },
    );
    expect(outcome.kind).toBe('exhausted');
    expect([calls, lines]).toEqual([1, ['once']]);
  });

  it('is not run again when its process is killed from outside, with the answer unread', async () => {
    let calls = 0;
    const code = 'function f() { host.g(); for (;;); }';
    const outcome = await app.sandbox.run(
      { script: { ...BASE, code }, modules: [], timeoutMs: 20_000, tenant: 't', functions: ['g'] },
      undefined,
      {
        call: async () => {
          calls += 1;
          setImmediate(() => runnerPids().forEach(killNow));
          return 'x'.repeat(100_000);
        },
      },
    );
    expect(outcome.kind).toBe('died');
    expect(calls).toBe(1);
  });
});

describe('a script that makes a request', () => {
  let server: Server;
  let posts = 0;

  beforeEach(async () => {
    posts = 0;
    server = createServer((request, response) => {
      posts += 1;
      request.resume().on('end', () => response.end('x'.repeat(50_000)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => server.close());

  /** Sends each request to the server, and reports what came. */
  function egress(): Egress {
    const { port } = server.address() as AddressInfo;
    const send = async (reply: EgressReply): Promise<void> => {
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'b' });
      reply.head({ status: response.status, statusText: '', headers: [] });
      reply.data(Buffer.from(await response.arrayBuffer()));
      reply.ended();
    };
    return {
      open: () => ({
        request: (_, reply) => {
          void send(reply);
          return { write: nothing, end: nothing, abort: nothing, pause: nothing, resume: nothing };
        },
        close: nothing,
      }),
    };
  }

  it('is not run again when it then fills its heap, with the response unread', async () => {
    const fill = 'const kept = []; for (;;) kept.push({ a: [kept.length] });';
    const outcome = await app.run(
      `fetch("http://here.example/", { method: "POST" }); setTimeout(() => { ${fill} }, 1)`,
      {
        egress: egress(),
      },
    );
    expect(outcome.kind).toBe('exhausted');
    expect(posts).toBe(1);
  });
});
