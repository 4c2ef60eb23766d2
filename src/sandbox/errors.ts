/** Thrown when no runner process became free: the queue is full, or the wait was too long. */
export class SandboxBusyError extends Error {
  override readonly name = 'SandboxBusyError';
  constructor(
    /** Executions waiting when this one was turned away. */
    readonly queued: number,
    /** Milliseconds that this one had waited. */
    readonly waitedMs: number,
  ) {
    super('no runner process became free');
  }
}

/** Thrown when the sandbox is shutting down and takes no new execution. */
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

/** Thrown at start when this machine does not keep what the operator requires. */
export class GuaranteesMissingError extends Error {
  override readonly name = 'GuaranteesMissingError';
  constructor(
    readonly missing: readonly string[],
    /** What holds here and what does not, and how to get it; several lines. */
    readonly table: string,
  ) {
    super(`not enforced on this machine: ${missing.join(', ')}`);
  }
}
