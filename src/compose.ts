import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from './config/index.js';
import { HttpAdapter } from './http/index.js';
import { asLoaded } from './javascriptd-settings.js';
import { JavascriptdModule } from './javascriptd.module.js';
import { ServiceLogger, type Observability } from './observability/index.js';
import type { ProtocolOptions } from './protocol/index.js';

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
    JavascriptdModule.forRoot(asLoaded(settings), { moduleDirs, observability }),
    new HttpAdapter({ maxBodyBytes: settings.MAX_FRAME_BYTES }),
    {
      logger: observability.log === undefined ? false : new ServiceLogger(observability.log.lines),
      abortOnError: false,
      // At this point every request was answered, so a half-sent request must not delay the shutdown.
      forceCloseConnections: true,
    },
  );
  JavascriptdModule.setup(app, protocol);
  return app;
}
