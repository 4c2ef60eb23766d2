const LOOK_MS = 50;
/** On a slow machine, too, it does not wait for longer. */
const MOST_MS = 5000;
/** The service notices a changed file in some tenths of a second. */
const RELOAD_MS = 300;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Kills runner processes, changes the tenants and sends SIGHUP, at random moments until it is stopped. The moments are so
 * many executions apart, whatever the machine: a million of them have thousands of each.
 */
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

  /** Settles when there were so many more. */
  async #executions(count) {
    const end = this.ledger.executions + count;
    const patience = performance.now() + MOST_MS;
    while (!this.#stopped && this.ledger.executions < end && performance.now() < patience)
      await sleep(LOOK_MS);
  }

  async #kill() {
    while (!this.#stopped) {
      await this.#executions(100 + this.random.below(800));
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
      await Promise.all([this.#executions(100 + this.random.below(800)), sleep(RELOAD_MS)]);
      if (this.random.chance(0.1)) this.tenants.spoil();
      else this.tenants.rewrite();
      this.reloads += 1;
      // Rarely: every runner process is replaced then.
      if (this.random.chance(0.97)) continue;
      this.gateway.signal('SIGHUP');
      this.hangups += 1;
    }
  }
}
