import type { Server } from 'node:net';
import type { INestApplication, ModuleMetadata, PipeTransform, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AuthModule, Authenticator } from '../../src/auth/index.js';
import { HttpAdapter, HttpModule } from '../../src/http/index.js';
import { MemoryBudget } from '../../src/memory-budget/index.js';
import { DuplexAdapter, type ProtocolObserver } from '../../src/protocol/index.js';
import {
  ExecutionFeed,
  RuntimeModule,
  type ExecutionRecord,
  type TenantPolicies,
} from '../../src/runtime/index.js';
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
  readonly policies?: Type<TenantPolicies>;
  /** What the policies inject. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly timeoutMs?: number;
  /** Of the budget of all tenants. */
  readonly memoryBytes?: number;
  readonly preparedTenantBytes?: number;
  readonly maxBodyBytes?: number;
  readonly shutdownGraceMs?: number;
  /** After which an HTTP answer is dropped that its client does not read. */
  readonly drainTimeoutMs?: number;
  readonly observer?: ProtocolObserver;
  /** As an application has them that imports the module. */
  readonly globalPipes?: readonly PipeTransform[];
}

/** An application that serves `runtime.execute`, over WebSocket and HTTP, on a free port of this machine, over a sandbox that runs nothing. */
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
    policies,
    imports = [],
    observer,
    maxBodyBytes = 2 ** 20,
    shutdownGraceMs = 5000,
    drainTimeoutMs = 30_000,
    ...runtimeOptions
  }: RuntimeAppOptions = {}): Promise<RuntimeApp> {
    // By a factory, since that is where a module has imports.
    const runtime = RuntimeModule.forRootAsync({
      imports,
      ...(policies === undefined ? {} : { policies }),
      useFactory: () => runtimeOptions,
      auth: AuthModule.forRoot(auth),
      sandbox: SandboxModule.forRoot({ ...sandbox, sandbox: FakeSandbox }),
    });
    const http = HttpModule.forRootAsync({
      imports: [runtime],
      useFactory: () => ({ shutdownGraceMs, version: '1.2.3' }),
    });
    const module = await Test.createTestingModule({ imports: [runtime, http] }).compile();
    const app = module.createNestApplication(new HttpAdapter({ maxBodyBytes, drainTimeoutMs }), {
      logger: false,
      forceCloseConnections: true,
    });
    app.useGlobalPipes(...globalPipes);
    const authenticator = app.get(Authenticator);
    app.useWebSocketAdapter(
      new DuplexAdapter(app, {
        admit: (request) => authenticator.authenticate(request),
        memory: app.get(MemoryBudget),
        shutdownGraceMs,
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

  /** A provider of the application. */
  get<T>(token: Type<T>): T {
    return this.app.get(token);
  }

  get url(): string {
    return `ws://${this.address}`;
  }

  /** How many connections are open. */
  connections(): Promise<number> {
    const server: Server = this.app.getHttpServer();
    return new Promise((resolve, reject) => {
      server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
    });
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
