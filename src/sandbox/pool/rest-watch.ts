/** Longest way from an answer to the next idle: past it the script goes on after its answer, and is ended. */
const REST_TIMEOUT_MS = 1000;

/** Sees to it that a runner process is idle soon after its script has answered, and only then. */
export class RestWatch {
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param restless ends the process
   * @param readOut lets what it has written be read first
   */
  constructor(
    private readonly restless: () => void,
    private readonly readOut: (done: () => void) => void,
  ) {}

  answered(): void {
    const timer = setTimeout(
      () =>
        this.readOut(() => {
          if (this.#timer === timer) this.restless();
        }),
      REST_TIMEOUT_MS,
    );
    this.#timer = timer;
  }

  /** @returns false when it has answered nothing to rest from */
  rested(): boolean {
    if (this.#timer === undefined) return false;
    this.stop();
    return true;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
