interface Turn {
  readonly line: string;
  readonly go: () => void;
  state: 'waiting' | 'given' | 'left';
}

/** Whether a line that has `held` turns may have one more, while `free` are left of all. */
export type Share = (held: number, free: number) => boolean;

/** A line may have all turns. */
export const UP_TO_ALL: Share = () => true;

/**
 * A line has at most as many turns as it leaves free, and so never more than half of them (rounded up); the last
 * free turn goes only to a line that has none.
 */
export const UP_TO_HALF: Share = (held, free) => held === 0 || held < free;

/** Lets so many go on at once; others wait. A turn that comes free goes to the line that has the fewest. */
export class Turns {
  /** Waiting turns; the line that was served last is the last one. */
  readonly #lines = new Map<string, Set<Turn>>();
  readonly #held = new Map<string, number>();
  #given = 0;

  constructor(
    private readonly max: number,
    private readonly share: Share = UP_TO_ALL,
  ) {}

  /**
   * Calls `go` when it is its turn, never before this has returned.
   * @returns gives the turn up, whether it came yet or not; once counts
   */
  enter(line: string, go: () => void): () => void {
    const turn: Turn = { line, go, state: 'waiting' };
    if (this.#mayGo(line)) this.#give(turn);
    else this.#lines.set(line, (this.#lines.get(line) ?? new Set<Turn>()).add(turn));
    return () => this.#leave(turn);
  }

  #mayGo(line: string): boolean {
    const free = this.max - this.#given;
    return free > 0 && this.share(this.#heldBy(line), free);
  }

  #heldBy(line: string): number {
    return this.#held.get(line) ?? 0;
  }

  #give(turn: Turn): void {
    this.#given += 1;
    this.#held.set(turn.line, this.#heldBy(turn.line) + 1);
    turn.state = 'given';
    queueMicrotask(() => {
      if (turn.state === 'given') turn.go();
    });
  }

  #leave(turn: Turn): void {
    const { state, line } = turn;
    turn.state = 'left';
    if (state === 'waiting') this.#unline(turn);
    if (state !== 'given') return;
    this.#given -= 1;
    const held = this.#heldBy(line) - 1;
    if (held > 0) this.#held.set(line, held);
    else this.#held.delete(line);
    for (let next = this.#next(); next !== undefined; next = this.#next()) this.#give(next);
  }

  #unline(turn: Turn): Set<Turn> | undefined {
    const waiting = this.#lines.get(turn.line);
    waiting?.delete(turn);
    if (waiting?.size === 0) this.#lines.delete(turn.line);
    return waiting;
  }

  #next(): Turn | undefined {
    let chosen: string | undefined;
    for (const line of this.#lines.keys())
      if (this.#mayGo(line) && (chosen === undefined || this.#heldBy(line) < this.#heldBy(chosen)))
        chosen = line;
    if (chosen === undefined) return undefined;
    const [turn] = this.#lines.get(chosen) ?? [];
    if (turn === undefined) return undefined;
    const rest = this.#unline(turn);
    // To the end: of lines that have equally many turns, the others come first.
    this.#lines.delete(chosen);
    if (rest !== undefined && rest.size > 0) this.#lines.set(chosen, rest);
    return turn;
  }
}
