/** Thrown when no runner process became free: the queue is full, or the wait was too long. */
export class SandboxBusyError extends Error {
  override readonly name = 'SandboxBusyError';
  constructor(
    /** Executions that were waiting when this one was rejected. */
    readonly queued: number,
    /** Milliseconds that this one had waited. */
    readonly waitedMs: number,
  ) {
    super('no runner process became free');
  }
}

/** Thrown when the sandbox is shutting down and accepts no new execution. */
export class SandboxClosedError extends Error {
  override readonly name = 'SandboxClosedError';
  constructor() {
    super('the sandbox is shutting down');
  }
}

/** Thrown when a runner process could not be started. */
export class RunnerStartError extends Error {
  override readonly name = 'RunnerStartError';
}

/** Thrown at start when a guarantee that the operator requires does not hold on this machine. */
export class GuaranteesMissingError extends Error {
  override readonly name = 'GuaranteesMissingError';
  constructor(
    readonly missing: readonly string[],
    /** Which guarantees hold here, which do not, and how to get them; several lines. */
    readonly table: string,
  ) {
    super(`not enforced on this machine: ${missing.join(', ')}`);
  }
}
