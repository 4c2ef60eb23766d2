interface Turn {
  readonly line: string;
  readonly go: () => void;
  state: 'waiting' | 'given' | 'left';
}

/** Lets so many go on at once; others wait, and those of different lines are served in turn. */
export class Turns {
  readonly #lines = new Map<string, Turn[]>();
  #given = 0;

  constructor(private readonly max: number) {}

  /**
   * Calls `go` when it is its turn, never before this has returned.
   * @returns gives the turn up, whether it came yet or not; once counts
   */
  enter(line: string, go: () => void): () => void {
    const turn: Turn = { line, go, state: 'waiting' };
    if (this.#given < this.max) this.#give(turn);
    else this.#lines.set(line, [...(this.#lines.get(line) ?? []), turn]);
    return () => this.#leave(turn);
  }

  #give(turn: Turn): void {
    this.#given += 1;
    turn.state = 'given';
    queueMicrotask(() => {
      if (turn.state === 'given') turn.go();
    });
  }

  #leave(turn: Turn): void {
    const { state, line } = turn;
    turn.state = 'left';
    if (state === 'waiting') {
      const rest = (this.#lines.get(line) ?? []).filter((other) => other !== turn);
      if (rest.length > 0) this.#lines.set(line, rest);
      else this.#lines.delete(line);
    } else if (state === 'given') {
      this.#given -= 1;
      this.#next();
    }
  }

  #next(): void {
    const [first] = this.#lines;
    if (first === undefined) return;
    const [line, [turn, ...rest]] = first;
    // To the end: the other lines come first.
    this.#lines.delete(line);
    if (rest.length > 0) this.#lines.set(line, rest);
    if (turn !== undefined) this.#give(turn);
  }
}
