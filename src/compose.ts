import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from './config/index.js';
import { HttpAdapter } from './http/index.js';
import { asLoaded } from './javascriptd-settings.js';
import { JavascriptdModule } from './javascriptd.module.js';
import { ServiceLogger, type Observability } from './observability/index.js';
import type { ProtocolOptions } from './protocol/index.js';

/**
 * The service put together, and not yet begun.
 * @param moduleDirs folders of installed packages
 * @param protocol beside what the settings say
 */
export async function compose(
  settings: Settings,
  moduleDirs: readonly string[],
  observability: Observability,
  protocol: Partial<ProtocolOptions> = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    JavascriptdModule.forRoot(asLoaded(settings), { moduleDirs, observability }),
    new HttpAdapter({ maxBodyBytes: settings.MAX_FRAME_BYTES }),
    {
      logger: observability.log === undefined ? false : new ServiceLogger(observability.log.lines),
      abortOnError: false,
      // Closed after everything was answered: a half-sent request must not hold up the stop then.
      forceCloseConnections: true,
    },
  );
  JavascriptdModule.setup(app, protocol);
  return app;
}
