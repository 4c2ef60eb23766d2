import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { Authenticator } from './auth/index.js';
import { versionText } from './cli/index.js';
import type { Settings } from './config/index.js';
import { HttpAdapter, OpenApi } from './http/index.js';
import { MemoryBudget } from './memory-budget/index.js';
import { ServiceLogger, type Observability } from './observability/index.js';
import { DuplexAdapter, type ProtocolOptions } from './protocol/index.js';

/**
 * Creates the application, without starting it.
 * @param moduleDirs folders of installed packages
 * @param protocol options besides those from the settings
 */
export async function compose(
  settings: Settings,
  moduleDirs: readonly string[],
  observability: Observability,
  protocol: Partial<ProtocolOptions> = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(settings, moduleDirs, observability),
    new HttpAdapter({ maxBodyBytes: settings.MAX_FRAME_BYTES }),
    {
      logger: observability.log === undefined ? false : new ServiceLogger(observability.log.lines),
      abortOnError: false,
      // At this point every request was answered, so a half-sent request must not delay the shutdown.
      forceCloseConnections: true,
    },
  );
  app.get(OpenApi).describe(app, versionText());
  const authenticator = app.get(Authenticator);
  app.useWebSocketAdapter(
    new DuplexAdapter(app, {
      admit: (request) => authenticator.authenticate(request),
      memory: app.get(MemoryBudget),
      maxFrameBytes: settings.MAX_FRAME_BYTES,
      shutdownGraceMs: settings.SHUTDOWN_GRACE,
      ...(observability.metrics === undefined ? {} : { observer: observability.metrics.wire }),
      ...protocol,
    }),
  );
  return app;
}
