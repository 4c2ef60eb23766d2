import { certificatesFor } from '../../../examples/github/certificates.mjs';
import { GithubStandIn } from '../../support/github-stand-in.js';
import { until } from '../../support/until.js';
import { parseHeaderRules } from '../../../src/egress-policy/index.js';
import type { EgressReply } from '../../../src/egress/egress.js';
import {
  DEFAULT_EGRESS_OPTIONS,
  EgressService,
  HostLookup,
  type EgressOptions,
  type HostAddress,
} from '../../../src/egress/index.js';

const certificates = certificatesFor(['api.github.com', 'other.example'], ['127.0.0.1']);
let standIn: GithubStandIn;
beforeAll(async () => {
  standIn = await GithubStandIn.start(certificates);
});
afterAll(() => standIn.close());

/** A resolver that answers as a test says; a list of answers is given one by one. */
class Answers extends HostLookup {
  readonly asked: string[] = [];
  constructor(private readonly answers: Readonly<Record<string, readonly (readonly HostAddress[])[]>>) {
    super();
  }
  override async addressesOf(host: string): Promise<readonly HostAddress[]> {
    const before = this.asked.filter((name) => name === host).length;
    this.asked.push(host);
    const all = this.answers[host];
    if (all === undefined)
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
    return all[Math.min(before, all.length - 1)] ?? [];
  }
}

interface Came {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly fault?: { readonly code: string; readonly message: string };
}

const services: EgressService[] = [];
afterEach(() => Promise.all(services.splice(0).map((service) => service.onApplicationShutdown())));

function serviceOf(options: Partial<EgressOptions>, lookup?: HostLookup): EgressService {
  const here = [[{ address: '127.0.0.1', port: standIn.port }]];
  const service = new EgressService(
    {
      ...DEFAULT_EGRESS_OPTIONS,
      hosts: ['api.github.com', 'other.example', '127.0.0.1'],
      ranges: ['127.0.0.0/8'],
      authorities: certificates.authority,
      ...options,
    },
    lookup ?? new Answers({ 'api.github.com': here, 'other.example': here, '127.0.0.1': here }),
  );
  services.push(service);
  return service;
}

const egressOf = (service: EgressService) => {
  const egress = service.egressOf('tenant')?.open();
  if (egress === undefined) throw new Error('egress is off');
  return egress;
};

/** Sends a request and hears it out. */
function ask(
  egress: ReturnType<typeof egressOf>,
  url: string,
  { method = 'GET', headers = [], body }: { method?: string; headers?: string[]; body?: Buffer } = {},
): Promise<Came> {
  return new Promise((resolve) => {
    let head: Parameters<EgressReply['head']>[0] | undefined;
    let text = '';
    const end = (fault?: Came['fault']): void => {
      const named: Record<string, string> = {};
      for (let i = 0; i < (head?.headers.length ?? 0); i += 2)
        named[(head?.headers[i] ?? '').toLowerCase()] = head?.headers[i + 1] ?? '';
      resolve({ status: head?.status, headers: named, body: text, fault } as Came);
    };
    const exchange = egress.request(
      { method, url, headers, hasBody: body !== undefined },
      {
        head: (given) => (head = given),
        data: (chunk) => (text += chunk.toString('latin1')),
        ended: () => end(),
        failed: end,
        taken: () => undefined,
      },
    );
    if (body !== undefined) {
      exchange.write(body);
      exchange.end();
    }
  });
}

const faultOf = async (service: EgressService, url: string, more = {}): Promise<Came['fault']> =>
  (await ask(egressOf(service), url, more)).fault;

describe('a request', () => {
  it('goes to the host over TLS that is verified, and comes back', async () => {
    const { status, body } = await ask(egressOf(serviceOf({})), 'https://api.github.com/user');
    expect([status, JSON.parse(body)]).toEqual([200, { login: 'octocat', id: 1 }]);
  });

  it.each([
    ['https://evil.example/', 'https://evil.example:443 is not in EGRESS'],
    ['http://api.github.com/', 'http://api.github.com:80 is not in EGRESS'],
    ['https://api.github.com:8443/', 'https://api.github.com:8443 is not in EGRESS'],
    ['https://api.github.com@evil.example/', 'https://evil.example:443 is not in EGRESS'],
    ['https://169.254.169.254/', 'https://169.254.169.254:443 is not in EGRESS'],
    ['https://0xA9FEA9FE/', 'https://169.254.169.254:443 is not in EGRESS'],
    ['https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]:443 is not in EGRESS'],
    ['file:///etc/passwd', 'is not in EGRESS'],
  ])('to elsewhere is refused, and names the host and the setting: %s', async (url, message) => {
    expect(await faultOf(serviceOf({}), url)).toEqual({
      code: 'ERR_EGRESS_REFUSED',
      message: expect.stringContaining(message) as unknown,
    });
  });

  it.each(['CONNECT', 'TRACE', 'trace'])('of the method %s is refused', async (method) => {
    const fault = await faultOf(serviceOf({}), 'https://api.github.com/', { method });
    expect(fault?.code).toBe('ERR_EGRESS_REFUSED');
  });

  it.each([
    ['no URL', 'GET', ''],
    ['no URL', 'GET', '/x'],
    ['no method', 'GET / HTTP/1.1\r\n', 'https://api.github.com/'],
  ])('with %s comes to nothing: %j %j', async (_, method, url) => {
    expect((await faultOf(serviceOf({}), url, { method }))?.code).toBe('ERR_EGRESS_INVALID_REQUEST');
  });

  it('is not sent with a header that would be another request', async () => {
    const fault = await faultOf(serviceOf({}), 'https://api.github.com/', {
      headers: ['x', 'a\r\nhost: evil'],
    });
    expect(fault?.code).toBe('ERR_EGRESS_INVALID_REQUEST');
  });

  it('to a host that nobody knows has Node’s code', async () => {
    const service = serviceOf({ hosts: ['gone.example'] });
    expect(await faultOf(service, 'https://gone.example/')).toEqual({
      code: 'ENOTFOUND',
      message: 'getaddrinfo ENOTFOUND gone.example',
    });
  });

  it('to a closed port fails with Node’s code, and shows no address', async () => {
    const lookup = new Answers({ 'api.github.com': [[{ address: '127.0.0.1', port: 1 }]] });
    expect(await faultOf(serviceOf({}, lookup), 'https://api.github.com/')).toEqual({
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED api.github.com:443',
    });
  });

  it('fails where the certificate is of nobody that is trusted, or of another host', async () => {
    const stranger = certificatesFor(['api.github.com']).authority;
    expect(await faultOf(serviceOf({ authorities: stranger }), 'https://api.github.com/')).toMatchObject({
      code: expect.stringMatching(
        /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_SIGNATURE_FAILURE|SELF_SIGNED_CERT_IN_CHAIN)$/,
      ),
    });
    const elsewhere = new Answers({ 'wrong.example': [[{ address: '127.0.0.1', port: standIn.port }]] });
    const service = serviceOf({ hosts: ['wrong.example'] }, elsewhere);
    expect((await faultOf(service, 'https://wrong.example/'))?.code).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });
});

it('is cut where its content-length says that it ends', async () => {
  const body = Buffer.from('helloGET /smuggled HTTP/1.1\r\n\r\n');
  const more = { method: 'POST', headers: ['content-length', '5'], body };
  const { status } = await ask(egressOf(serviceOf({})), 'https://api.github.com/x', more);
  expect([status, standIn.seen.at(-1)?.body]).toEqual([200, 'hello']);
});

describe('the address', () => {
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '::1',
    '::ffff:127.0.0.1',
    'fd00:ec2::254',
    '0.0.0.0',
  ])('of a host that is not public is refused, and the setting named: %s', async (address) => {
    const service = serviceOf({ ranges: [] }, new Answers({ 'api.github.com': [[{ address }]] }));
    expect(await faultOf(service, 'https://api.github.com/')).toEqual({
      code: 'ERR_EGRESS_REFUSED',
      message:
        'Egress refused: api.github.com has no public address; EGRESS_PRIVATE lists the private ranges that scripts may reach',
    });
  });

  it('is the one that was checked: a name that means another one the next time wins nothing', async () => {
    const [good, bad] = [{ address: '127.0.0.1', port: standIn.port }, { address: '127.0.0.2' }];
    const lookup = new Answers({ 'api.github.com': [[good], [bad]] });
    const service = serviceOf({ ranges: ['127.0.0.1'] }, lookup);
    const egress = egressOf(service);
    expect((await ask(egress, 'https://api.github.com/user')).status).toBe(200);
    // One lookup for one connection: between check and connect nobody was asked again.
    expect(lookup.asked).toEqual(['api.github.com']);
    // A new connection is checked anew.
    const other = service.egressOf('other')?.open();
    if (other === undefined) throw new Error('egress is off');
    expect((await ask(other, 'https://api.github.com/user')).fault?.code).toBe('ERR_EGRESS_REFUSED');
  });

  it('is one of those that may be, where a host has both', async () => {
    const lookup = new Answers({
      'api.github.com': [[{ address: '10.0.0.1' }, { address: '127.0.0.1', port: standIn.port }]],
    });
    expect((await ask(egressOf(serviceOf({}, lookup)), 'https://api.github.com/user')).status).toBe(200);
  });

  it('may be the host itself, where both the address and its range are named', async () => {
    const service = serviceOf({});
    expect((await ask(egressOf(service), 'https://127.0.0.1/user')).status).toBe(200);
    expect((await faultOf(serviceOf({ ranges: [] }), 'https://127.0.0.1/user'))?.code).toBe(
      'ERR_EGRESS_REFUSED',
    );
  });
});

describe('headers of the operator', () => {
  const headers = parseHeaderRules('{"api.github.com":{"Authorization":"Bearer hush"}}');

  it('are added for their host only, and replace the script’s own', async () => {
    const egress = egressOf(serviceOf({ headers }));
    const given = { headers: ['authorization', 'mine'] };
    const here = JSON.parse((await ask(egress, 'https://api.github.com/x', given)).body) as Answer;
    const there = JSON.parse((await ask(egress, 'https://other.example/x', given)).body) as Answer;
    expect([here.headers['authorization'], there.headers['authorization']]).toEqual(['Bearer hush', 'mine']);
  });

  interface Answer {
    readonly headers: Readonly<Record<string, string>>;
  }
});

/** For a limit that this setting names. */
const limited = (setting: string) => ({
  code: 'ERR_EGRESS_LIMIT',
  message: expect.stringMatching(new RegExp(`api\\.github\\.com:443.*${setting}`)) as unknown,
});

describe('limits', () => {
  it('are on the number of requests', async () => {
    const egress = egressOf(serviceOf({ maxRequests: 2 }));
    for (const expected of [undefined, undefined, limited('EGRESS_REQUESTS')])
      expect((await ask(egress, 'https://api.github.com/user')).fault).toEqual(expected);
  });

  it('are on the bytes of a request', async () => {
    const more = { method: 'POST', body: Buffer.alloc(1001) };
    expect(await faultOf(serviceOf({ maxRequestBytes: 1000 }), 'https://api.github.com/', more)).toEqual(
      limited('EGRESS_REQUEST_BYTES'),
    );
  });

  it('are on the bytes of a response, also of one that never ends', async () => {
    const service = serviceOf({ maxResponseBytes: 100_000 });
    expect(await faultOf(service, 'https://api.github.com/endless')).toEqual(
      limited('EGRESS_RESPONSE_BYTES'),
    );
    expect(await faultOf(service, 'https://api.github.com/bytes?n=100000')).toBeUndefined();
  });

  it('are on the time until a response begins, and on the whole time', async () => {
    expect(await faultOf(serviceOf({ headTimeoutMs: 50 }), 'https://api.github.com/never')).toEqual(
      limited('EGRESS_RESPONSE_TIMEOUT'),
    );
    expect(await faultOf(serviceOf({ timeoutMs: 300 }), 'https://api.github.com/half')).toEqual(
      limited('EGRESS_TIMEOUT'),
    );
  });

  it('are on headers of a response', async () => {
    expect((await faultOf(serviceOf({}), 'https://api.github.com/headers'))?.code).toBe(
      'HPE_HEADER_OVERFLOW',
    );
  });

  it('make more requests than may be under way wait', async () => {
    const egress = egressOf(serviceOf({ maxConcurrency: 1, maxConcurrencyPerExecution: 2 }));
    const all = await Promise.all(
      Array.from({ length: 5 }, () => ask(egress, 'https://api.github.com/user')),
    );
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('a egress', () => {
  it('ends its requests when it is closed, and says nothing more', async () => {
    const egress = egressOf(serviceOf({}));
    const cut = standIn.cut;
    let more = false;
    egress.request(
      { method: 'GET', url: 'https://api.github.com/endless', headers: [], hasBody: false },
      {
        head: () => undefined,
        data: () => {
          more = true;
        },
        ended: () => undefined,
        failed: () => undefined,
        taken: () => undefined,
      },
    );
    await until(() => more);
    egress.close();
    more = false;
    await until(() => standIn.cut > cut);
    expect(more).toBe(false);
  });

  it('is there only where something is let through', () => {
    expect(serviceOf({ hosts: [] }).egressOf('tenant')).toBeUndefined();
  });
});

it('counts what went out, by the entry that let it out', async () => {
  const service = serviceOf({});
  const egress = egressOf(service);
  await ask(egress, 'https://api.github.com/user');
  await ask(egress, 'https://api.github.com/x', { method: 'POST', body: Buffer.alloc(7) });
  await ask(egress, 'https://evil.example/');
  expect(service.counts).toEqual([
    { host: 'api.github.com', requests: { answered: 2 }, sentBytes: 7, receivedBytes: expect.any(Number) },
    { host: 'none', requests: { refused: 1 }, sentBytes: 0, receivedBytes: 0 },
  ]);
});
