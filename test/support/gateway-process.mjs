// The real service as a child process, watched from outside: its log, its memory, its descriptors, its runners.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const PAGE_BYTES = 4096;
/** Of the lines that look alike, the first ones are kept for the report. */
const MOST_SAMPLES = 3;

export class GatewayProcess {
  /** Lines on stderr, and lines of the log from `warn` on, by what they have in common. */
  lines = new Map();
  #child;
  #exited;
  /** Every runner process that was seen: its pid, and the moment when the kernel started it. */
  #seen = new Map();

  /** @param settings environment variables of the service */
  static async start(settings) {
    const gateway = new GatewayProcess();
    await gateway.#start(settings);
    return gateway;
  }

  async #start(settings) {
    this.#child = spawn(process.execPath, [MAIN, '--port', '0'], {
      env: { PATH: process.env.PATH, LOG_FORMAT: 'json', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.pid = this.#child.pid;
    process.once('exit', () => this.#child.kill('SIGKILL'));
    this.#exited = once(this.#child, 'exit');
    createInterface(this.#child.stderr).on('line', (line) => this.#keep('stderr', line));
    this.url = await new Promise((resolve, reject) => {
      createInterface(this.#child.stdout).on('line', (line) => {
        const found = /listening on (ws:[^\s"]+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
        else if (this.url !== undefined) this.#read(line);
      });
      this.#child.once('close', (code) => {
        const said = [...this.lines.values()].flatMap(({ samples }) => samples).join('\n');
        reject(new Error(`the service ended with ${code}: ${said}`));
      });
    });
    this.port = Number(new URL(this.url).port);
  }

  get isAlive() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resident memory in bytes. */
  get memory() {
    return Number(read(`/proc/${this.pid}/statm`).split(' ')[1]) * PAGE_BYTES;
  }

  get descriptors() {
    return existsSync(`/proc/${this.pid}/fd`) ? readdirSync(`/proc/${this.pid}/fd`).length : 0;
  }

  /** The runner processes, as the gateway's direct children. */
  runners() {
    const pids = childrenOf(this.pid);
    for (const pid of pids) this.#see(pid);
    return pids;
  }

  signal(name) {
    this.#child.kill(name);
  }

  /** Ends the service as an operator does. `orphans` are its processes that have outlived it. */
  async stop(patienceMs) {
    this.runners();
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), patienceMs);
    const [code, signal] = await this.#exited;
    clearTimeout(timer);
    // A killed process may be a zombie for a moment.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const orphans = [...this.#seen].filter(([pid, began]) => beganAt(pid) === began).map(([pid]) => pid);
    return { code, signal, orphans };
  }

  #see(pid) {
    const began = beganAt(pid);
    if (began !== undefined) this.#seen.set(pid, began);
    for (const child of childrenOf(pid)) this.#see(child);
  }

  #read(line) {
    if (line.startsWith('{"level":"info"')) return;
    try {
      const { level, context = '', outcome, msg = '' } = JSON.parse(line);
      if (level === 'warn' || level === 'error') this.#keep(`${level} ${context} ${outcome ?? msg}`, line);
    } catch {
      this.#keep('not JSON', line);
    }
  }

  #keep(kind, line) {
    const entry = this.lines.get(kind) ?? { count: 0, samples: [] };
    entry.count += 1;
    if (entry.samples.length < MOST_SAMPLES) entry.samples.push(line.slice(0, 2000));
    this.lines.set(kind, entry);
  }
}

function childrenOf(pid) {
  const threads = existsSync(`/proc/${pid}/task`) ? readdirSync(`/proc/${pid}/task`) : [];
  return threads.flatMap((thread) => {
    const text = read(`/proc/${pid}/task/${thread}/children`).trim();
    return text === '' ? [] : text.split(' ').map(Number);
  });
}

/** When the kernel started a process, in ticks; undefined where it is gone, or only waits to be collected. */
function beganAt(pid) {
  const text = read(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return text === '' || fields[0] === 'Z' ? undefined : fields[19];
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
