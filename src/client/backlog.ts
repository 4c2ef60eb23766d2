/** One execution whose streamed parts may wait for a `for await`. Sizes are in characters of JSON. */
export interface Consumer {
  /** Size of all parts that wait. */
  readonly held: number;
  /** Size of those that wait for a loop that is running. */
  readonly awaited: number;
  /** Too much waits: drops all of it and ends the execution. */
  overflow(): void;
}

/** A connection whose reading can be paused. */
export interface Pausable {
  /** @returns false where the platform cannot pause */
  pause(): boolean;
  resume(): void;
}

/**
 * While paused, so often a slice is read nevertheless. A service closes a connection that it cannot write to for 30 s
 * and looks for signs of life as often; neither must happen to the other executions of the connection.
 */
const SLICE_EVERY_MS = 10_000;

/**
 * Back-pressure of one client: bounds what waits for slow loops. Past a quarter of the limit the connection is not read
 * until the loops catch up; past the limit the execution that holds the most fails.
 */
export class Backlog {
  readonly #limit: number;
  readonly #consumers = new Set<Consumer>();
  #connection: Pausable | undefined;
  #paused = false;
  /** What is left of the slice that is read in spite of the backlog. */
  #slice = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param limit characters, of all executions together */
  constructor(limit: number) {
    this.#limit = limit;
  }

  connected(connection: Pausable): void {
    this.#connection = connection;
  }

  /** The connection is gone, or is closing. */
  disconnected(): void {
    this.#resume();
    this.#connection = undefined;
  }

  /** A part of so many characters has come and waits. */
  added(consumer: Consumer, size: number): void {
    this.#consumers.add(consumer);
    this.#slice -= size;
    while (sum(this.#consumers, 'held') > this.#limit) this.#largest()?.overflow();
    this.#update();
  }

  /** A loop took a part. */
  taken(): void {
    if (this.#paused) this.#update();
  }

  /** The execution is over: nothing more comes for it. */
  over(consumer: Consumer): void {
    if (this.#consumers.delete(consumer) && this.#paused) this.#update();
  }

  #update(): void {
    // Half the mark, so that not every part that is taken resumes the connection for one more.
    const mark = this.#paused ? this.#limit / 8 : this.#limit / 4;
    if (sum(this.#consumers, 'awaited') < mark) {
      this.#slice = 0;
      this.#resume();
    } else if (!this.#paused && this.#slice <= 0) this.#pause();
  }

  #pause(): void {
    if (this.#connection?.pause() !== true) return;
    this.#paused = true;
    this.#timer = setTimeout(() => {
      this.#slice = this.#limit / 16;
      this.#resume();
    }, SLICE_EVERY_MS);
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    clearTimeout(this.#timer);
    this.#connection?.resume();
  }

  #largest(): Consumer | undefined {
    return [...this.#consumers].toSorted((a, b) => b.held - a.held)[0];
  }
}

function sum(consumers: ReadonlySet<Consumer>, key: 'held' | 'awaited'): number {
  let size = 0;
  for (const consumer of consumers) size += consumer[key];
  return size;
}
