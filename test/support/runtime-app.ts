import type { INestApplication, PipeTransform } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AuthModule, Door } from '../../src/auth/index.js';
import { DuplexAdapter, type ProtocolObserver } from '../../src/protocol/index.js';
import { ExecutionFeed, RuntimeModule, type ExecutionRecord } from '../../src/runtime/index.js';
import {
  SandboxModule,
  SandboxService,
  type SandboxOptions,
  type SandboxParts,
} from '../../src/sandbox/index.js';
import { FakeSandbox } from './fake-sandbox.js';

export interface RuntimeAppOptions {
  readonly auth?: Parameters<typeof AuthModule.forRoot>[0];
  readonly sandbox?: Partial<SandboxOptions> & Pick<SandboxParts, 'allowlist'>;
  readonly timeoutMs?: number;
  readonly observer?: ProtocolObserver;
  /** As an application has them that imports the module. */
  readonly globalPipes?: readonly PipeTransform[];
}

/** An application that serves `runtime.execute` on a free port of this machine, over a sandbox that runs nothing. */
export class RuntimeApp {
  private constructor(
    private readonly app: INestApplication,
    readonly sandbox: FakeSandbox,
    /** Of executions, as they were answered. */
    readonly records: readonly ExecutionRecord[],
    /** Host and port. */
    readonly address: string,
  ) {}

  static async start({
    auth = {},
    sandbox = {},
    globalPipes = [],
    observer,
    ...runtime
  }: RuntimeAppOptions = {}): Promise<RuntimeApp> {
    const module = await Test.createTestingModule({
      imports: [
        RuntimeModule.forRoot({
          ...runtime,
          auth: AuthModule.forRoot(auth),
          sandbox: SandboxModule.forRoot({ ...sandbox, sandbox: FakeSandbox }),
        }),
      ],
    }).compile();
    const app = module.createNestApplication(new FastifyAdapter(), { logger: false });
    app.useGlobalPipes(...globalPipes);
    const door = app.get(Door);
    app.useWebSocketAdapter(
      new DuplexAdapter(app, {
        admit: (request) => door.admit(request),
        ...(observer === undefined ? {} : { observer }),
      }),
    );
    await app.listen(0, '127.0.0.1');
    const records: ExecutionRecord[] = [];
    app.get(ExecutionFeed).watch({ executed: (record) => records.push(record) });
    return new RuntimeApp(
      app,
      app.get<FakeSandbox>(SandboxService),
      records,
      (await app.getUrl()).replace('http://', ''),
    );
  }

  get url(): string {
    return `ws://${this.address}`;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
