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

/** Thrown when a part of a script is larger than the sandbox takes. */
export class ScriptTooLargeError extends Error {
  override readonly name = 'ScriptTooLargeError';
  constructor(
    readonly field: 'code' | 'caller' | 'globals',
    /** Most bytes of text, or of JSON. */
    readonly maxBytes: number,
  ) {
    super(`${field} is too large`);
  }
}

/** Thrown when a script is refused: its globals are nested too deeply. */
export class ScriptTooDeepError extends Error {
  override readonly name = 'ScriptTooDeepError';
  constructor() {
    super('globals are nested too deeply');
  }
}
