import type { Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DuplexAdapter, type ProtocolOptions } from '../../src/protocol/index.js';

export interface DuplexApp {
  readonly app: NestFastifyApplication;
  readonly port: number;
  /** `ws://127.0.0.1:<port>/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Boots a Nest application with these gateways, on a free port, over the real adapter. */
export async function bootDuplexApp(
  gateways: Type[],
  options?: Partial<ProtocolOptions>,
): Promise<DuplexApp> {
  const testing = await Test.createTestingModule({ providers: gateways }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  app.useWebSocketAdapter(new DuplexAdapter(app, options));
  await app.listen(0, '127.0.0.1');
  const port = Number(new URL(await app.getUrl()).port);
  return { app, port, url: `ws://127.0.0.1:${port}/`, close: () => app.close() };
}
