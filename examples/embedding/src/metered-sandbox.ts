import { ProcessSandboxService, type Execution, type ExecutionWatcher, type Outcome } from 'javascriptd';

/** The sandbox of javascriptd, which also adds up what each tenant's scripts use. */
export class MeteredSandbox extends ProcessSandboxService {
  readonly #milliseconds = new Map<string, number>();

  millisecondsOf(tenant: string): number {
    return this.#milliseconds.get(tenant) ?? 0;
  }

  override async run(
    execution: Execution,
    cancelled?: AbortSignal,
    watcher?: ExecutionWatcher,
  ): Promise<Outcome> {
    const outcome = await super.run(execution, cancelled, watcher);
    const { tenant } = execution;
    this.#milliseconds.set(tenant, this.millisecondsOf(tenant) + (outcome.usage?.runMs ?? 0));
    return outcome;
  }
}
