/** What one tenant's requests cost the gateway and the other tenants: descriptors, turns and name lookups are bounded. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import {
  DEFAULT_EGRESS_OPTIONS,
  EgressService,
  HostLookup,
  type EgressOptions,
  type HostAddress,
  SystemLookup,
} from '../../../src/egress/index.js';
import type { EgressExchange, EgressReply } from '../../../src/egress/egress.js';
import { DnsServer } from '../../support/dns-server.js';
import { until } from '../../support/until.js';

const HERE = '127.0.0.1';
const descriptors = (): number => readdirSync('/proc/self/fd').length;
const portOf = (server: Server | HttpServer): number => (server.address() as AddressInfo).port;

/** Answers at once, but for `/never`. */
const http = createHttpServer((request, response) => {
  if (request.url !== '/never') response.end('here');
});
/** Servers in processes of their own, so that their descriptors are not counted. */
const children: ChildProcess[] = [];
/** Accepts connections, and sends nothing. */
let mutePort: number;
/** Accepts no connection: once its backlog is full, SYN packets are dropped. */
let deafPort: number;

/** @param listening JavaScript that runs once the server listens, and the port is told */
async function serverProcess(listening: string): Promise<number> {
  const script = `
    const server = require('node:net').createServer((socket) => socket.resume().on('error', () => undefined));
    server.listen({ port: 0, host: '${HERE}', backlog: 1 }, () => {
      process.send(server.address().port, () => { ${listening} });
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  const [port] = (await once(child, 'message')) as [number];
  return port;
}

beforeAll(async () => {
  http.listen(0, HERE);
  await once(http, 'listening');
  mutePort = await serverProcess('');
  deafPort = await serverProcess('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)');
});
afterAll(() => {
  http.close();
  http.closeAllConnections();
  for (const child of children) child.kill('SIGKILL');
});

/** `mute.example`, and so `mute1.example`, `mute2.example`: each is an origin of its own. */
class Places extends HostLookup {
  constructor(private readonly places: Readonly<Record<string, readonly HostAddress[]>>) {
    super();
  }
  override addressesOf(host: string): Promise<readonly HostAddress[]> {
    return Promise.resolve(this.places[host.replace(/\d+/, '')] ?? []);
  }
}

const places = (): Places =>
  new Places({
    'http.example': [{ address: HERE, port: portOf(http) }],
    'mute.example': [{ address: HERE, port: mutePort }],
    'deaf.example': [{ address: HERE, port: deafPort }],
  });

const services: EgressService[] = [];
afterEach(() => Promise.all(services.splice(0).map((service) => service.onApplicationShutdown())));

function serviceOf(options: Partial<EgressOptions> = {}, lookup: HostLookup = places()): EgressService {
  const service = new EgressService(
    {
      ...DEFAULT_EGRESS_OPTIONS,
      hosts: ['http://*', '*'],
      ranges: ['127.0.0.0/8'],
      maxRequests: 10_000,
      maxConcurrencyPerExecution: 100,
      ...options,
    },
    lookup,
  );
  services.push(service);
  return service;
}

interface Asked {
  readonly exchange: EgressExchange;
  /** The body, or the code of the fault. */
  readonly outcome: Promise<string>;
  readonly state: { isOver: boolean };
}

function ask(service: EgressService, tenant: string, url: string): Asked {
  const egress = service.egressOf(tenant)?.open();
  if (egress === undefined) throw new Error('egress is off');
  const state = { isOver: false };
  let exchange: EgressExchange | undefined;
  const outcome = new Promise<string>((resolve) => {
    let body = '';
    const end = (text: string): void => {
      state.isOver = true;
      resolve(text);
    };
    const reply: EgressReply = {
      head: () => undefined,
      data: (chunk) => (body += chunk.toString()),
      ended: () => end(body),
      failed: ({ code }) => end(code),
      taken: () => undefined,
    };
    exchange = egress.request({ method: 'GET', url, headers: [], hasBody: false }, reply);
  });
  if (exchange === undefined) throw new Error('no exchange');
  return { exchange, outcome, state };
}

const many = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i));
const MAX = 8;

describe('requests that are aborted while they connect', () => {
  it.each([
    ['hosts that drop SYN packets', (i: number) => `http://deaf${i}.example/`],
    ['hosts that answer no TLS handshake', (i: number) => `https://mute${i}.example/`],
  ])('to %s leave no descriptor', async (_, urlOf) => {
    const service = serviceOf({ maxConcurrency: MAX });
    const before = descriptors();
    // The first ones fill the backlog.
    const pending = many(2, (i) => ask(service, 'red', urlOf(i)));
    await until(() => descriptors() > before);
    let peak = 0;
    for (let i = 0; i < 300; i++) {
      const { exchange } = ask(service, `red${i % 5}`, urlOf(i));
      await turn();
      await turn();
      peak = Math.max(peak, descriptors() - before);
      exchange.abort();
    }
    expect(peak).toBeLessThanOrEqual(2 * MAX);
    for (const { exchange } of pending) exchange.abort();
    await until(() => descriptors() <= before);
    expect(await ask(service, 'blue', 'http://http.example/').outcome).toBe('here');
  });

  it('keep their turn for as long as a lookup ignores its signal', async () => {
    const waiting: (() => void)[] = [];
    class Stubborn extends Places {
      override addressesOf(host: string): Promise<readonly HostAddress[]> {
        if (host === 'http.example') return super.addressesOf(host);
        return new Promise((resolve) => waiting.push(() => resolve([])));
      }
    }
    const lookup = new Stubborn({ 'http.example': [{ address: HERE, port: portOf(http) }] });
    const service = serviceOf({ maxConcurrency: 1 }, lookup);
    const first = ask(service, 'red', 'http://slow.example/');
    await until(() => waiting.length > 0);
    first.exchange.abort();
    const next = ask(service, 'blue', 'http://http.example/');
    for (let i = 0; i < 20; i++) await turn();
    expect(next.state.isOver).toBe(false);
    waiting[0]?.();
    expect(await next.outcome).toBe('here');
  });
});

describe('a silent name server', () => {
  let dns: DnsServer;
  beforeAll(async () => {
    dns = await DnsServer.start((name) => (name === 'fast.example' ? [HERE] : 'silence'));
  });
  afterAll(() => dns.close());

  it('delays only the requests to its names, holds few descriptors, and none after the script', async () => {
    const fast = `http://fast.example:${portOf(http)}`;
    const sources = { hostsFile: '/dev/null', resolverFile: '/dev/null', servers: [dns.address] };
    const service = serviceOf(
      { maxConcurrency: 64, hosts: ['http://*', fast] },
      new SystemLookup(DEFAULT_EGRESS_OPTIONS, sources),
    );
    const before = descriptors();
    const slow = many(100, (i) => ask(service, 'red', `http://slow${i}.example/`));
    await until(() => dns.asked.length >= 32);
    for (let i = 0; i < 3; i++) expect(await ask(service, `blue${i}`, `${fast}/`).outcome).toBe('here');
    expect(slow.filter(({ state }) => state.isOver)).toEqual([]);
    expect(descriptors() - before).toBeLessThanOrEqual(2 * 64);
    for (const { exchange } of slow) exchange.abort();
    await until(() => descriptors() <= before);
  });
});

describe('the requests of tenants', () => {
  it('are never all held by one tenant, and the others’ requests go on', async () => {
    const service = serviceOf({ maxConcurrency: MAX });
    const before = http.listenerCount('request');
    let hung = 0;
    const count = (request: { url?: string }): void => void (hung += request.url === '/never' ? 1 : 0);
    http.on('request', count);
    const red = many(40, () => ask(service, 'red', 'http://http.example/never'));
    await until(() => hung >= MAX / 2);
    for (const tenant of ['blue', 'green', 'blue'])
      expect(await ask(service, tenant, 'http://http.example/').outcome).toBe('here');
    expect([hung, red.filter(({ state }) => state.isOver)]).toEqual([MAX / 2, []]);
    for (const { exchange } of red) exchange.abort();
    http.off('request', count);
    expect(http.listenerCount('request')).toBe(before);
  });
});

const open = (): Promise<number> =>
  new Promise((resolve, reject) =>
    http.getConnections((error, number) => (error === null ? resolve(number) : reject(error))),
  );
const settled = async (condition: (open: number) => boolean): Promise<void> => {
  while (!condition(await open())) await turn();
};

describe('connections', () => {
  it('are used again by their tenant, and by no other', async () => {
    const service = serviceOf();
    let opened = 0;
    const count = (): void => void (opened += 1);
    http.on('connection', count);
    for (const tenant of ['red', 'red', 'red', 'blue', 'blue'])
      expect(await ask(service, tenant, 'http://http.example/').outcome).toBe('here');
    http.off('connection', count);
    expect(opened).toBe(2);
  });

  it('without a request are bounded, however many tenants there were', async () => {
    const service = serviceOf({ maxConcurrency: MAX });
    for (let i = 0; i < 50; i++)
      expect(await ask(service, `tenant${i}`, 'http://http.example/').outcome).toBe('here');
    await settled((number) => number <= MAX);
    expect(await ask(service, 'tenant0', 'http://http.example/').outcome).toBe('here');
  });

  it('that their host has closed are replaced', async () => {
    const service = serviceOf();
    expect(await ask(service, 'red', 'http://http.example/').outcome).toBe('here');
    http.closeIdleConnections();
    await settled((number) => number === 0);
    await turn();
    expect(await ask(service, 'red', 'http://http.example/').outcome).toBe('here');
  });

  it('are all closed when the service ends', async () => {
    const service = serviceOf();
    const hanging = ask(service, 'red', 'http://http.example/never');
    expect(await ask(service, 'red', 'http://http.example/').outcome).toBe('here');
    await service.onApplicationShutdown();
    await settled((number) => number === 0);
    expect(await hanging.outcome).toMatch(/^E|^UND_/);
  });

  it('are tried to a few addresses of a host only, however many it has', async () => {
    let tried = 0;
    const closing = createServer((socket) => {
      tried += 1;
      socket.destroy();
    });
    closing.listen(0, '0.0.0.0');
    await once(closing, 'listening');
    const all = many(1000, (i) => ({ address: `127.0.${i >> 8}.${i & 255}`, port: portOf(closing) }));
    const service = serviceOf({}, new Places({ 'wide.example': all }));
    expect(await ask(service, 'red', 'https://wide.example/').outcome).toBe('ECONNRESET');
    expect(tried).toBe(4);
    closing.close();
  });
});
