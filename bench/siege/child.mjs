// A process of the siege that does as its messages say, and that is ended whatever it does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Core numbers, of a list such as `0-3,6`. */
function coresOf(list) {
  return list.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** The core that attackers are held to: the last that there is, none where there is only one. */
export function attackersCore() {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  const cores = coresOf(list);
  return cores.length > 1 ? cores.at(-1) : undefined;
}

export class Child {
  #process;
  #ended;
  #handlers = new Map();

  /** @param core the one that it is held to, with `taskset`; nothing lets it float */
  constructor(file, core) {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const command = core === undefined ? [] : ['taskset', '-c', `${core}`];
    const [program, ...args] = [...command, process.execPath, path];
    this.#process = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#process.on('message', (message) => this.#handlers.get(message.kind)?.(message));
    this.#ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.on('error', () => undefined);
  }

  get isAlive() {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  on(kind, handler) {
    this.#handlers.set(kind, handler);
  }

  send(message) {
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  /**
   * Waits for one message.
   * @throws Error when it does not come within `ms`, or the process says that it has failed, or has ended
   */
  async hears(kind, ms) {
    const timer = new AbortController();
    try {
      return await Promise.race([
        new Promise((resolve, reject) => {
          this.on(kind, resolve);
          this.on('failed', ({ message }) => reject(new Error(message)));
        }),
        this.#ended.then(() => {
          throw new Error(`the process ended before "${kind}"`);
        }),
        sleep(ms, undefined, { signal: timer.signal }).then(() => {
          throw new Error(`no "${kind}" within ${ms} ms`);
        }),
      ]);
    } finally {
      timer.abort();
    }
  }

  async kill() {
    if (!this.isAlive) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}
