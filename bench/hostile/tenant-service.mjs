// The service with many tenants, as an application makes it: whatever secret a client sends is a tenant of its own.
// Usage, by `fork`: tenant-service.mjs TIMEOUT_MS
import { availableParallelism } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  AuthModule,
  Authenticator,
  DuplexAdapter,
  RuntimeModule,
  SandboxModule,
  SecretSource,
} from '../../dist/index.js';

class AnySecret extends SecretSource {
  open = false;
  tenantOf(secret) {
    return secret;
  }
}

const app = await NestFactory.create(
  RuntimeModule.forRoot({
    timeoutMs: Number(process.argv[2]),
    auth: AuthModule.forRoot({ secrets: AnySecret }),
    // As many as the program keeps warm.
    sandbox: SandboxModule.forRoot({ minRunners: availableParallelism() + 2 }),
  }),
  new FastifyAdapter(),
  { logger: false },
);
const authenticator = app.get(Authenticator);
app.useWebSocketAdapter(new DuplexAdapter(app, { admit: (request) => authenticator.authenticate(request) }));
await app.listen(0, '127.0.0.1');
process.send({ url: `ws://127.0.0.1:${app.getHttpServer().address().port}` });
const stop = () => void app.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('disconnect', stop);
