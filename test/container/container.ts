import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { DuplexClient } from '../support/duplex-client.js';
import type { RawClientOptions } from '../support/raw-client.js';
import { say } from './transcript.js';

/** How an operator with a strict policy runs the image. */
export const STRICT = [
  '--network=host',
  '--read-only',
  '--cap-drop=all',
  '--security-opt=no-new-privileges',
  '--memory=512m',
] as const;

/** What `podman` printed, standard error included, and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

function podman(args: readonly string[]): ChildProcess {
  return spawn('bash', ['-c', '. "$CONTAINER_TOOLS/env.sh" && oci "$@"', 'oci', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a command of podman to its end. */
export async function oci(...args: readonly string[]): Promise<Ran> {
  const child = podman(args);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  await once(child, 'close');
  return { code: child.exitCode, output: output.trim() };
}

/** The files of an image, below a folder of this machine; nothing is run. */
export async function mounted<T>(image: string, look: (root: string) => Promise<T>): Promise<T> {
  const { output } = await oci('image', 'mount', image);
  try {
    return await look(output);
  } finally {
    await oci('image', 'unmount', image);
  }
}

let count = 0;

/** One run of an image, as the operator with the strict policy runs it. */
export class Container {
  output = '';
  readonly name = `javascriptd-test-${process.pid}-${++count}`;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;

  /**
   * @param flags of `podman run`, beside the strict ones
   * @param args of the service
   */
  constructor(
    image: string,
    environment: Readonly<Record<string, string>> = {},
    flags: readonly string[] = ['--no-healthcheck'],
    args: readonly string[] = [],
  ) {
    const set = Object.entries({ PORT: '0', ...environment }).map(([name, text]) => `--env=${name}=${text}`);
    say(`$ docker run ${[...STRICT, ...set, ...flags, image, ...args].join(' ')}`);
    this.#process = podman([
      'run',
      '--rm',
      `--name=${this.name}`,
      ...STRICT,
      ...set,
      ...flags,
      image,
      ...args,
    ]);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        say(text.trimEnd());
      });
    }
    this.#ended = once(this.#process, 'close');
  }

  /** Where it listens; rejects when it ends before it does. */
  listens(): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const [, port] = /listening on ws:\/\/0\.0\.0\.0:(\d+)/.exec(this.output) ?? [];
        if (port !== undefined) resolve(`ws://127.0.0.1:${port}`);
      };
      this.#process.stdout?.on('data', look);
      this.#process.once('close', () => reject(new Error(`ended before it listened:\n${this.output}`)));
      look();
    });
  }

  async connect(options?: RawClientOptions): Promise<DuplexClient> {
    return DuplexClient.connect(await this.listens(), options);
  }

  /** Runs a program inside, with variables of its own. */
  exec(command: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const set = Object.entries(environment).map(([name, text]) => `--env=${name}=${text}`);
    return oci('exec', ...set, this.name, ...command);
  }

  /** Runs a Node program inside; gives what it printed. */
  node(program: string): Promise<Ran> {
    return this.exec(['node', '--eval', program]);
  }

  /** What `docker stop` does, with the image's own signal; then the exit code. */
  async stop(): Promise<number | null> {
    say('$ docker stop');
    await oci('stop', this.name);
    return this.ended();
  }

  /** The exit code of the service. */
  async ended(): Promise<number | null> {
    await this.#ended;
    say(`exit code ${this.#process.exitCode}`);
    return this.#process.exitCode;
  }

  /** Ends what a failed test left. */
  async remove(): Promise<void> {
    if (this.#process.exitCode === null) await oci('rm', '--force', '--time=0', this.name);
  }
}
