// Lets so many calls in at once; the others stand in line, and those whose client has gone are let out of it.

export class Turns {
  #free;
  #line = [];

  constructor(most) {
    this.#free = most;
  }

  /** @returns what `run` gives, or nothing where the client had gone before its turn */
  async take(isGone, run) {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise((resolve) => this.#line.push(resolve));
    try {
      return isGone() ? undefined : await run();
    } finally {
      const next = this.#line.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
