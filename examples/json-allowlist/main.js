import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AuthModule, Door, DuplexAdapter, RuntimeModule, SandboxModule } from 'javascriptd';
import { JsonAllowlist } from './json-allowlist.js';

// A larger application has this call in the `imports` of its own module.
const runtime = RuntimeModule.forRoot({
  auth: AuthModule.forRoot({ secret: process.env.SECRET }),
  sandbox: SandboxModule.forRoot({ allowlist: JsonAllowlist }),
});

const app = await NestFactory.create(runtime, new FastifyAdapter());
const door = app.get(Door);
app.useWebSocketAdapter(new DuplexAdapter(app, { admit: (request) => door.admit(request) }));
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT ?? 8765), '127.0.0.1');
console.log(`listening on ${await app.getUrl()}`);
