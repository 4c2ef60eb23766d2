/**
 * The service of the hostile suite: the real modules and real runner processes, with a tenant for each
 * secret. A secret is `<name>:<modules>[:<anything>]`; its scripts may require those modules. Serves twice, with a
 * usual and with a short deadline, from one process, and prints both addresses as a line of JSON.
 */
import { hostileNetwork } from './network.mjs';
import process from 'node:process';
import { Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { EgressService } from '../../dist/egress/index.js';
import { AuthModule, Authenticator, SecretSource } from '../../dist/auth/index.js';
import { DuplexAdapter } from '../../dist/protocol/index.js';
import { RuntimeModule } from '../../dist/runtime/index.js';
import { EgressProvider, ModuleAllowlistProvider, SandboxModule } from '../../dist/sandbox/index.js';

const { moduleDirs, nodePath, isolation, canary } = JSON.parse(process.argv[2]);
const options = { moduleDirs, nodePath, isolation, maxRunners: 16 };

class Tenants extends SecretSource {
  open = false;
  tenantOf(presented) {
    return presented?.split(':', 2).join(':');
  }
}

class OwnAllowlist extends ModuleAllowlistProvider {
  modulesFor(tenant) {
    return tenant.split(':')[1].split(',');
  }
}

const network = await hostileNetwork(canary);

/** A tenant whose name begins with `net` may send requests. */
class OwnEgress extends EgressProvider {
  constructor(egress) {
    super();
    this.egress = egress;
  }
  egressFor(tenant) {
    return tenant.startsWith('net:') ? this.egress.egressOf(tenant) : undefined;
  }
}
Inject(EgressService)(OwnEgress, undefined, 0);

async function start(timeoutMs) {
  // oxlint-disable-next-line typescript/no-extraneous-class -- a Nest module, decorated without the syntax
  class Service {}
  Module({
    imports: [
      RuntimeModule.forRoot({
        timeoutMs,
        auth: AuthModule.forRoot({ secrets: Tenants }),
        sandbox: SandboxModule.forRoot({
          allowlist: OwnAllowlist,
          egress: OwnEgress,
          imports: [network],
          ...options,
        }),
      }),
    ],
  })(Service);
  const app = await NestFactory.create(Service, new FastifyAdapter(), { logger: false });
  const authenticator = app.get(Authenticator);
  app.useWebSocketAdapter(
    new DuplexAdapter(app, { admit: (request) => authenticator.authenticate(request) }),
  );
  await app.listen(0, '127.0.0.1');
  return (await app.getUrl()).replace('http:', 'ws:');
}

console.log(JSON.stringify({ usual: await start(3000), short: await start(400) }));
