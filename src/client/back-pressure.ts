/** An execution whose streamed output may wait for a `for await`. Sizes are characters of JSON. */
export interface Consumer {
  /** Size of all unread output. */
  readonly buffered: number;
  /** Size of the unread output for which a loop is active. */
  readonly bufferedForLoops: number;
  /** Called when the buffer limit is exceeded: discards the output and fails the execution. */
  overflow(): void;
}

/** A connection whose reading can be paused. */
export interface Pausable {
  /** @returns false if the platform cannot pause reading */
  pause(): boolean;
  resume(): void;
}

/**
 * How often a paused connection still reads a bounded amount. A service closes a connection if a write stalls for 30 s
 * or a heartbeat goes unanswered; neither must happen to the other executions of the connection.
 */
const PAUSED_READ_INTERVAL_MS = 10_000;

/**
 * Back-pressure for one client: bounds the output that waits for slow loops. Above a quarter of the limit the connection
 * is paused until the loops catch up. Above the limit the execution with the most unread output fails.
 */
export class BackPressure {
  readonly #limit: number;
  readonly #consumers = new Set<Consumer>();
  #connection: Pausable | undefined;
  #paused = false;
  /** Characters that may still be read before the connection pauses again. */
  #readBudget = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param limit characters, for all executions together */
  constructor(limit: number) {
    this.#limit = limit;
  }

  connected(connection: Pausable): void {
    this.#connection = connection;
  }

  /** The connection is lost, or is closing. */
  disconnected(): void {
    this.#resume();
    this.#connection = undefined;
  }

  /** The consumer buffered `size` more characters. */
  added(consumer: Consumer, size: number): void {
    this.#consumers.add(consumer);
    this.#readBudget -= size;
    while (sum(this.#consumers, 'buffered') > this.#limit) this.#largest()?.overflow();
    this.#update();
  }

  /** A loop read some output. */
  consumed(): void {
    if (this.#paused) this.#update();
  }

  /** The execution has ended: no more output follows. */
  remove(consumer: Consumer): void {
    if (this.#consumers.delete(consumer) && this.#paused) this.#update();
  }

  #update(): void {
    // Hysteresis: otherwise each item that a loop reads would resume the connection for one more.
    const mark = this.#paused ? this.#limit / 8 : this.#limit / 4;
    if (sum(this.#consumers, 'bufferedForLoops') < mark) {
      this.#readBudget = 0;
      this.#resume();
    } else if (!this.#paused && this.#readBudget <= 0) this.#pause();
  }

  #pause(): void {
    if (this.#connection?.pause() !== true) return;
    this.#paused = true;
    this.#timer = setTimeout(() => {
      this.#readBudget = this.#limit / 16;
      this.#resume();
    }, PAUSED_READ_INTERVAL_MS);
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    clearTimeout(this.#timer);
    this.#connection?.resume();
  }

  #largest(): Consumer | undefined {
    return [...this.#consumers].toSorted((a, b) => b.buffered - a.buffered)[0];
  }
}

function sum(consumers: ReadonlySet<Consumer>, key: 'buffered' | 'bufferedForLoops'): number {
  let size = 0;
  for (const consumer of consumers) size += consumer[key];
  return size;
}
