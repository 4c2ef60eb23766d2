import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  SandboxModule,
  SandboxStatus,
  SandboxService,
  type Execution,
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
  run(body: string, more: Partial<Execution> = {}, cancelled?: AbortSignal): Promise<Outcome> {
    const script = { code: `function f(cb) { ${body} }`, globals: {}, call: 'f', caller: undefined };
    return this.sandbox.run({ script, modules: ['*'], timeoutMs: 10_000, tenant: 't', ...more }, cancelled);
  }

  close(): Promise<void> {
    return this.module.close();
  }
}

/** The runner processes that this process has started, alive or not yet buried. */
export function runnerPids(): readonly number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return (
          parent === process.pid && /runner\/main\.js/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
        );
      } catch {
        return false;
      }
    });
}

/** Descriptors of this process that are sockets or pipes. */
export function openPipes(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return /^(?:socket|pipe):/.test(readlinkSync(`/proc/self/fd/${fd}`));
    } catch {
      return false;
    }
  }).length;
}
