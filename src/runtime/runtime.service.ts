import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  ModuleAllowlistProvider,
  RunnerStartError,
  SandboxService,
  type Outcome,
  type Script,
} from '../sandbox/index.js';
import { hostErrorOf } from './errors.js';
import { resultOf, type Result } from './result.js';
import { RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';

/** The use case: decides what a script may use and how long it may take; the sandbox enforces it. */
@Injectable()
export class RuntimeService {
  readonly #logger = new Logger(RuntimeService.name);

  constructor(
    private readonly sandbox: SandboxService,
    private readonly allowlist: ModuleAllowlistProvider,
    @Inject(RUNTIME_OPTIONS) private readonly options: RuntimeOptions,
  ) {}

  /**
   * Runs a script for a tenant. `cancelled` ends it at once.
   * @throws DuplexError when the script gave no value, or could not be run
   */
  async execute(script: Script, tenant: string, cancelled?: AbortSignal): Promise<Result> {
    const modules = this.allowlist.modulesFor(tenant);
    let outcome: Outcome;
    try {
      outcome = await this.sandbox.run(
        { script, modules, timeoutMs: this.options.timeoutMs, tenant },
        cancelled,
      );
    } catch (error) {
      // Answered without its text, so the operator reads it here; busy and closed say all they know to the client.
      if (error instanceof RunnerStartError) this.#logger.error(error);
      throw hostErrorOf(error) ?? error;
    }
    return resultOf(outcome);
  }
}
