const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills runner processes, changes the tenants and sends SIGHUP, at random moments until it is stopped. */
export class Chaos {
  reloads = 0;
  hangups = 0;
  #stopped = false;

  constructor({ gateway, ledger, tenants, random }) {
    Object.assign(this, { gateway, ledger, tenants, random });
  }

  start() {
    this.done = Promise.all([this.#kill(), this.#reload()]);
  }

  async stop() {
    this.#stopped = true;
    await this.done;
    // The last file is a right one.
    this.tenants.rewrite();
  }

  async #kill() {
    while (!this.#stopped) {
      await sleep(300 + this.random.below(3000));
      const runners = this.gateway.runners();
      if (runners.length === 0) continue;
      this.ledger.killed();
      try {
        process.kill(this.random.of(runners), 'SIGKILL');
      } catch (error) {
        // Gone in between.
        if (error.code !== 'ESRCH') throw error;
      }
    }
  }

  async #reload() {
    while (!this.#stopped) {
      await sleep(500 + this.random.below(3000));
      if (this.random.chance(0.1)) this.tenants.spoil();
      else this.tenants.rewrite();
      this.reloads += 1;
      if (this.random.chance(0.5)) continue;
      this.gateway.signal('SIGHUP');
      this.hangups += 1;
    }
  }
}
