import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpAdapter, JavascriptdModule } from 'javascriptd';
import { AppModule } from './app.module.js';

export async function createApplication(): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule,
    // As MAX_FRAME_BYTES, which bounds what comes over WebSocket.
    new HttpAdapter({ maxBodyBytes: 8 * 2 ** 20 }),
    // Connections that stay open must not hold up the stop, once every request is answered.
    { forceCloseConnections: true },
  );
  JavascriptdModule.setup(app);
  app.enableShutdownHooks();
  return app;
}
