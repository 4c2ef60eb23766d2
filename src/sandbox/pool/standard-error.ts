import type { Readable } from 'node:stream';

const KEPT_CHARACTERS = 2000;

/** What a runner process says on standard error: why it does not start, and why V8 or Node ended it. */
export class StandardError {
  #text = '';

  constructor(stream: Readable | null) {
    // Read for as long as the process lives, or it would wait for us; only the end of it is kept.
    stream?.setEncoding('utf8').on('data', (text: string) => {
      this.#text = (this.#text + text).slice(-KEPT_CHARACTERS);
    });
    stream?.on('error', () => undefined);
  }

  /** For the operator, of a runner that has not yet seen a script. */
  get text(): string {
    return this.#text.trim();
  }

  /**
   * Which memory the process died for want of, by V8's and Node's last words. A script that has broken out can
   * write the same: it gets 1003 instead of 1201.
   */
  get exhausted(): 'heap' | 'memory' | undefined {
    if (/heap out of memory|heap limit/i.test(this.#text)) return 'heap';
    return /out of memory|bad_alloc/i.test(this.#text) ? 'memory' : undefined;
  }
}
