import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordered } from '../../../src/egress/dns/address-order.js';
import { candidatesOf, parseSearchList } from '../../../src/egress/dns/search-list.js';
import { DEFAULT_EGRESS_OPTIONS, SystemLookup } from '../../../src/egress/index.js';
import type { PinnedHost } from '../../../src/egress-policy/index.js';
import { type DnsAnswer, DnsServer } from '../../support/dns-server.js';
import { until } from '../../support/until.js';

const NXDOMAIN = 3;
const SERVFAIL = 2;

const ANSWERS: Readonly<Record<string, DnsAnswer>> = {
  'both.example': ['192.0.2.1', '192.0.2.2', '2001:db8::1'],
  'four.example': ['192.0.2.3'],
  'six.example': ['2001:db8::2'],
  'empty.example': [],
  'broken.example': SERVFAIL,
  'silent.example': 'silence',
  'api.team.svc.cluster.local': ['10.0.0.7'],
  'api.other.svc.cluster.local': ['10.0.0.8'],
  'in-hosts.example': ['192.0.2.99'],
};

let server: DnsServer;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'names-'));
  server = await DnsServer.start((name, type) =>
    name === 'half.example' ? (type === 'A' ? ['192.0.2.4'] : SERVFAIL) : (ANSWERS[name] ?? NXDOMAIN),
  );
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => void server.asked.splice(0));

async function lookupOf(hosts = '', resolver = '', pinnedHosts: PinnedHost[] = []): Promise<SystemLookup> {
  const [hostsFile, resolverFile] = [join(folder, 'hosts'), join(folder, 'resolv.conf')];
  await writeFile(hostsFile, hosts);
  await writeFile(resolverFile, `search\n${resolver}`);
  const options = { ...DEFAULT_EGRESS_OPTIONS, pinnedHosts };
  return new SystemLookup(options, { hostsFile, resolverFile, servers: [server.address] });
}

const addressesOf = async (lookup: SystemLookup, host: string): Promise<string[]> =>
  (await lookup.addressesOf(host)).map(({ address }) => address);

const codeOf = async (lookup: SystemLookup, host: string, signal?: AbortSignal): Promise<unknown> =>
  lookup.addressesOf(host, signal).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );

const descriptors = (): number => readdirSync('/proc/self/fd').length;

describe('a name', () => {
  it('has the addresses of both families that DNS knows', async () => {
    const lookup = await lookupOf();
    expect((await addressesOf(lookup, 'both.example')).toSorted()).toEqual([
      '192.0.2.1',
      '192.0.2.2',
      '2001:db8::1',
    ]);
    expect(await addressesOf(lookup, 'four.example')).toEqual(['192.0.2.3']);
    expect(await addressesOf(lookup, 'six.example')).toEqual(['2001:db8::2']);
  });

  it('has the addresses of one family where the query for the other one fails', async () => {
    expect(await addressesOf(await lookupOf(), 'half.example')).toEqual(['192.0.2.4']);
  });

  it.each([
    ['gone.example', 'ENOTFOUND'],
    ['empty.example', 'ENOTFOUND'],
    [`${'x'.repeat(64)}.example`, 'ENOTFOUND'],
    ['broken.example', 'EAI_AGAIN'],
  ])('without an address fails with the code of getaddrinfo: %s %s', async (host, code) => {
    expect(await codeOf(await lookupOf(), host)).toBe(code);
  });

  it('that no server answers for fails with EAI_AGAIN, in bounded time', async () => {
    expect(await codeOf(await lookupOf('', 'search a.example b.example c.example'), 'silent.example')).toBe(
      'EAI_AGAIN',
    );
  });

  it('is found in the hosts file first, in any case of letters, and DNS is not asked', async () => {
    const lookup = await lookupOf(
      '# a comment\n192.0.2.50 In-Hosts.example alias # more\nnot-an-address x\n2001:db8::50\talias\n192.0.2.50 alias\n',
    );
    expect(await addressesOf(lookup, 'in-hosts.example')).toEqual(['192.0.2.50']);
    expect((await addressesOf(lookup, 'alias')).toSorted()).toEqual(['192.0.2.50', '2001:db8::50']);
    expect(server.asked).toEqual([]);
  });

  it('is found where a changed hosts file says', async () => {
    const lookup = await lookupOf('192.0.2.50 moved.example');
    expect(await addressesOf(lookup, 'moved.example')).toEqual(['192.0.2.50']);
    await writeFile(join(folder, 'hosts'), '192.0.2.151 moved.example');
    expect(await addressesOf(lookup, 'moved.example')).toEqual(['192.0.2.151']);
    await rm(join(folder, 'hosts'));
    expect(await codeOf(lookup, 'moved.example')).toBe('ENOTFOUND');
  });

  it('is pinned before anything else; an IP address is its own; localhost is this machine', async () => {
    const lookup = await lookupOf('192.0.2.1 pinned.example', '', [
      { host: 'pinned.example', address: '10.9.9.9', port: 8443 },
    ]);
    expect(await lookup.addressesOf('pinned.example')).toMatchObject([{ address: '10.9.9.9', port: 8443 }]);
    for (const address of ['192.0.2.7', '2001:db8::7'])
      expect(await addressesOf(lookup, address)).toEqual([address]);
    for (const host of ['localhost', 'app.localhost'])
      expect((await addressesOf(lookup, host)).toSorted()).toEqual(['127.0.0.1', '::1']);
    expect(server.asked).toEqual([]);
  });
});

describe('a short name in Kubernetes', () => {
  const RESOLVER = 'search team.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n';

  it('of the same namespace, and of another one, is found through the search domains', async () => {
    const lookup = await lookupOf('', RESOLVER);
    expect(await addressesOf(lookup, 'api')).toEqual(['10.0.0.7']);
    expect(await addressesOf(lookup, 'api.other')).toEqual(['10.0.0.8']);
    expect(server.asked).toEqual([
      'api.team.svc.cluster.local',
      'api.other.team.svc.cluster.local',
      'api.other.svc.cluster.local',
    ]);
  });

  it('that is a full one is found as it is, after the search domains; with a dot at its end before them', async () => {
    const lookup = await lookupOf('', RESOLVER);
    expect(await addressesOf(lookup, 'four.example')).toEqual(['192.0.2.3']);
    expect(server.asked).toHaveLength(4);
    server.asked.splice(0);
    expect(await addressesOf(lookup, 'four.example.')).toEqual(['192.0.2.3']);
    expect(server.asked).toEqual(['four.example']);
  });

  it('that nobody knows is not found', async () => {
    expect(await codeOf(await lookupOf('', RESOLVER), 'nobody')).toBe('ENOTFOUND');
  });
});

describe('the search list', () => {
  it.each([
    ['search a.example b.example.\n', ['a.example', 'b.example'], 1],
    ['domain a.example\n', ['a.example'], 1],
    ['domain a.example\nsearch b.example\n', ['b.example'], 1],
    ['; none\nnameserver 192.0.2.1\n', ['of.machine'], 1],
    ['search .\noptions timeout:1 ndots:2\n', [], 2],
    ['options ndots:99\n', ['of.machine'], 15],
    ['options ndots:x\n', ['of.machine'], 1],
  ])('is read as resolv.conf(5) says: %j', (text, domains, ndots) => {
    expect(parseSearchList(text, 'name.of.machine')).toEqual({ domains, ndots });
  });

  it('comes before or after the name itself, by its dots', () => {
    const list = { domains: ['s'], ndots: 2 };
    expect(['a', 'a.b', 'a.b.c', 'a.'].map((host) => candidatesOf(host, list))).toEqual([
      ['a.s', 'a'],
      ['a.b.s', 'a.b'],
      ['a.b.c', 'a.b.c.s'],
      ['a.'],
    ]);
  });
});

it.each([
  [['192.0.2.1', '2001:db8::1'], ['2001:db8::5'], ['2001:db8::1', '192.0.2.1']],
  [
    ['192.0.2.1', '2001:db8::1'],
    ['::1', 'fe80::1', 'fd00::1'],
    ['192.0.2.1', '2001:db8::1'],
  ],
  [['127.0.0.1', '::1'], ['::1'], ['::1', '127.0.0.1']],
  [['192.0.2.1', 'fd00::2', '192.0.2.1'], ['fd00::1'], ['fd00::2', '192.0.2.1']],
])('addresses %j on a machine with %j are tried in the order %j', (addresses, local, order) => {
  expect(ordered(addresses, local)).toEqual(order);
});

it('a lookup ends with its signal, and leaves no descriptor', async () => {
  const lookup = await lookupOf();
  const before = descriptors();
  const controller = new AbortController();
  const lookups = Array.from({ length: 50 }, () => codeOf(lookup, 'silent.example', controller.signal));
  await until(() => descriptors() > before + 40);
  controller.abort(Object.assign(new Error('over'), { code: 'OVER' }));
  expect(new Set(await Promise.all(lookups))).toEqual(new Set(['OVER']));
  await until(() => descriptors() <= before);
  expect(await codeOf(lookup, 'four.example', controller.signal)).toBe('OVER');
});
