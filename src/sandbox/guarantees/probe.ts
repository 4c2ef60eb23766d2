import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { RunnerStartError } from '../errors.js';
import type { Launch } from '../pool/launch.js';
import { spawnLaunch } from '../pool/spawn-runner.js';
import type { Findings, Targets } from '../boundary/probe-report.js';
import { type Frame, FrameReader, encodeFrame } from '../boundary/frames.js';
import { FROM_RUNNER, TO_RUNNER } from '../boundary/messages.js';
import { Canaries } from './canaries.js';
import type { Guarantee } from './guarantee.js';

const TIMEOUT_MS = 10_000;
const MAX_FRAME_BYTES = 1024 * 1024;

/** Something that a probe could do, and the guarantee that it breaks. */
export interface Breach {
  readonly guarantee: Guarantee;
  /** As it ends "a script that has broken out …". */
  readonly what: string;
}

const REACHED: Readonly<Record<string, Breach>> = {
  read: { guarantee: 'files', what: 'reads a file outside' },
  written: { guarantee: 'files', what: 'writes a file' },
  tcp: { guarantee: 'network', what: 'connects over TCP' },
  udp: { guarantee: 'network', what: 'sends over UDP' },
  unix: { guarantee: 'network', what: 'connects to a Unix socket' },
  abstract: { guarantee: 'network', what: 'connects to an abstract socket' },
};

/** One process that tries what a runner must not be able to do. */
export class Probe {
  readonly #child: ChildProcess;
  readonly #canaries = new Canaries();
  readonly #frames: Frame[] = [];
  #arrived: (() => void) | undefined;
  #failure: Error | undefined;
  #stderr = '';

  constructor(launch: Launch) {
    const child = (this.#child = spawnLaunch(launch));
    const fail = (reason: string): void => {
      this.#failure ??= new RunnerStartError(reason);
      this.#arrived?.();
    };
    child.on('error', (error) => fail(error.message));
    child.on('close', (code, signal) => fail(firstLine(this.#stderr) ?? `it ended with ${signal ?? code}`));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    const pipe = this.#pipe;
    const reader = new FrameReader(MAX_FRAME_BYTES);
    pipe?.on('error', () => undefined);
    pipe?.on('data', (chunk: Buffer) => {
      reader.push(chunk, (frame) => this.#frames.push(frame));
      this.#arrived?.();
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Lets it try everything.
   * @param pids whom it tries to signal and to read: the gateway first, others after it
   * @param needed folders that it has to be able to read
   * @throws RunnerStartError when it does not start, or a runner so started could not read what it must
   */
  async breaches(pids: readonly number[], needed: readonly string[]): Promise<readonly Breach[]> {
    const timer = setTimeout(() => this.kill(), TIMEOUT_MS);
    try {
      const targets: Targets = { ...(await this.#canaries.set()), pids, needed };
      await this.#frame();
      this.#pipe?.write(encodeFrame(TO_RUNNER.prepare, JSON.stringify(targets)));
      const { kind, text } = await this.#frame();
      if (kind !== FROM_RUNNER.returned) throw new RunnerStartError('the probe said something else');
      const findings = JSON.parse(text) as Findings;
      const [unreadable] = findings.missing;
      if (unreadable !== undefined) throw new RunnerStartError(`it cannot read ${unreadable}`);
      return [...(await this.#reached(findings)), ...toldBy(findings, pids)];
    } finally {
      clearTimeout(timer);
      this.kill();
      await this.#canaries.clear();
    }
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  get #pipe(): Socket | undefined {
    return this.#child.stdio[3] as Socket | undefined;
  }

  async #reached(findings: Findings): Promise<readonly Breach[]> {
    const reached = await this.#canaries.reached(findings.read);
    return [...reached].flatMap((name) => REACHED[name] ?? []);
  }

  async #frame(): Promise<Frame> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) return frame;
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => (this.#arrived = resolve));
    }
  }
}

/** Without /proc nothing is found, which proves nothing. */
const UNTRIED: Breach = {
  guarantee: 'secrets',
  what: 'may read memories, which cannot be tried on this system',
};

/** What a probe has seen itself. It is our program: no script runs in it that could lie. */
function toldBy(findings: Findings, [gateway]: readonly number[]): readonly Breach[] {
  const whom = (pid: number): string => (pid === gateway ? 'the service' : 'another runner');
  const each = (pids: readonly number[], guarantee: Guarantee, verb: string): Breach[] =>
    pids.map((pid) => ({ guarantee, what: `${verb} ${whom(pid)}` }));
  return [
    ...(findings.spawned ? [{ guarantee: 'processes', what: 'starts a process' } as const] : []),
    ...each(findings.signalled, 'signals', 'signals'),
    ...each(findings.environments, 'secrets', 'reads the environment of'),
    ...each(findings.memories, 'secrets', 'opens the memory of'),
    ...(existsSync('/proc/self/mem') ? [] : [UNTRIED]),
  ];
}

function firstLine(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // Node puts the error's own line after the place.
  return (lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0])?.trim();
}
