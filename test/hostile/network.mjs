/**
 * The network of the hostile suite: a server on an address of this machine that scripts may reach, names of it, and
 * names of addresses that they may not. One of them is rebound: it means the server, and the next time this machine.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { EgressModule, HostLookup } from '../../dist/egress/index.js';
import { parseHeaderRules } from '../../dist/egress-policy/index.js';

const HERE = '127.0.0.9';

/** @returns the module that gives `EgressService` */
export async function hostileNetwork(canary) {
  const server = createServer(answer);
  server.listen(0, HERE);
  await once(server, 'listening');
  const here = [{ address: HERE, port: server.address().port }];
  let asked = 0;
  const addresses = {
    'here.example': () => here,
    'rebound.example': () => (asked++ % 2 === 0 ? here : [{ address: '127.0.0.1' }]),
    'inside.example': () => [{ address: '127.0.0.1' }, { address: '10.0.0.1' }, { address: '::1' }],
    'mapped.example': () => [{ address: '::ffff:127.0.0.1' }],
    'metadata.example': () => [{ address: '169.254.169.254' }, { address: 'fd00:ec2::254' }],
  };
  class Names extends HostLookup {
    async addressesOf(host) {
      return addresses[host]?.() ?? [];
    }
  }
  return EgressModule.forRootAsync({
    lookup: Names,
    useFactory: () => ({
      hosts: Object.keys(addresses).map((host) => `http://${host}`),
      ranges: [HERE],
      headers: parseHeaderRules(JSON.stringify({ 'http://here.example': { 'x-canary': canary } })),
      maxResponseBytes: 1_000_000,
      maxRequestBytes: 1_000_000,
    }),
  });
}

function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://here.example');
  response.on('error', () => undefined);
  switch (pathname) {
    case '/never':
      return;
    case '/endless': {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
      return;
    }
    case '/redirect':
      response.writeHead(302, { location: searchParams.get('to') }).end();
      return;
    case '/headers':
      response.writeHead(200, ['x-odd', 'a\tb', '__proto__', 'p', 'constructor', 'c']).end('x');
      return;
    default: {
      // Everything but what the operator has added: a host that repeats it has given it away itself.
      const headers = { ...request.headers };
      delete headers['x-canary'];
      let bytes = 0;
      request.on('data', (chunk) => (bytes += chunk.length));
      request.on('end', () =>
        response.end(JSON.stringify({ method: request.method, url: request.url, headers, bytes })),
      );
    }
  }
}
