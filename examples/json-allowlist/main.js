import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AuthModule, Authenticator, DuplexAdapter, RuntimeModule, SandboxModule } from 'javascriptd';
import { JsonAllowlist } from './json-allowlist.js';

// A larger application has this call in the `imports` of its own module.
const runtime = RuntimeModule.forRoot({
  auth: AuthModule.forRoot({ secret: process.env.SECRET }),
  sandbox: SandboxModule.forRoot({ allowlist: JsonAllowlist }),
});

const app = await NestFactory.create(runtime, new FastifyAdapter());
const authenticator = app.get(Authenticator);
app.useWebSocketAdapter(new DuplexAdapter(app, { admit: (request) => authenticator.authenticate(request) }));
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT ?? 8765), '127.0.0.1');
console.log(`listening on ${await app.getUrl()}`);
