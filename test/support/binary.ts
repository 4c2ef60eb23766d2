import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The program as users run it, with nothing of this process's environment but what it needs to find npm. */
export class Binary {
  stdout = '';
  stderr = '';
  readonly process: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) {
    const { PATH, HOME } = process.env;
    this.process = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH, HOME, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#ended = once(this.process, 'close');
  }

  get output(): string {
    return this.stdout + this.stderr;
  }

  /** The exit code, or the name of the signal that ended the process. */
  async ended(): Promise<number | string | null> {
    await this.#ended;
    return this.process.exitCode ?? this.process.signalCode;
  }

  /** The first match of the pattern in the output; rejects when the process ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(this.output);
        if (match !== null) resolve(match);
      };
      this.process.stdout?.on('data', look);
      this.process.stderr?.on('data', look);
      this.process.once('close', () =>
        reject(new Error(`ended without ${String(pattern)}:\n${this.output}`)),
      );
      look();
    });
  }

  /** Where it listens, from its ready line. */
  async listens(): Promise<string> {
    const [, url = ''] = await this.says(/listening on (ws:\/\/[^\s"]+)/);
    return url;
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }
}
