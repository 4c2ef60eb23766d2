import { Test, type TestingModule } from '@nestjs/testing';
import {
  SandboxModule,
  SandboxStatus,
  SandboxService,
  type Execution,
  type ExecutionWatcher,
  type Outcome,
  type SandboxOptions,
} from '../../src/sandbox/index.js';

/** The real sandbox by itself: no gateway, no protocol, real runner processes. */
export class SandboxApp {
  private constructor(
    readonly module: TestingModule,
    readonly sandbox: SandboxService,
    readonly status: SandboxStatus,
  ) {}

  static async start(options: Partial<SandboxOptions> = {}): Promise<SandboxApp> {
    const module = await Test.createTestingModule({ imports: [SandboxModule.forRoot(options)] }).compile();
    await module.init();
    return new SandboxApp(module, module.get(SandboxService), module.get(SandboxStatus));
  }

  /** Runs the body of a function that is given `cb`. */
  run(
    body: string,
    more: Partial<Execution> = {},
    cancelled?: AbortSignal,
    watcher?: ExecutionWatcher,
  ): Promise<Outcome> {
    const script = { code: `function f(cb) { ${body} }`, globals: {}, call: 'f', caller: undefined };
    return this.sandbox.run(
      { script, modules: ['*'], timeoutMs: 10_000, tenant: 't', ...more },
      cancelled,
      watcher,
    );
  }

  close(): Promise<void> {
    return this.module.close();
  }
}
