/** The two sides of a comparison: the service at a level, and plain Node. */
import { once } from 'node:events';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Binary } from '../support/binary.js';
import { CallError, DuplexClient } from '../support/duplex-client.js';
import type { Case, Failure, Level } from './cases.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Packages of the registry that cases use, by the name that they use, and their folder in `node_modules`. */
const REGISTRY = {
  'node-fetch2': 'node-fetch',
  'cross-fetch': 'cross-fetch',
  'jpeg-js': 'jpeg-js',
  openpgp: 'openpgp',
  pngjs: 'pngjs',
};

export interface Answer {
  readonly value?: unknown;
  readonly console?: string;
  readonly error?: Failure;
}

/** A temporary folder with all packages, and a server that never answers. */
export class Ground {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'compat-')));
  readonly moduleDir = join(this.folder, 'node_modules');
  readonly #server: Server = createServer(() => undefined);

  async prepare(): Promise<this> {
    mkdirSync(this.moduleDir);
    cpSync(here('packages'), this.moduleDir, { recursive: true });
    for (const [name, folder] of Object.entries(REGISTRY))
      symlinkSync(here(`../../node_modules/${folder}`), join(this.moduleDir, name));
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get server(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The payload of a case, with the address of this server. */
  payloadOf({ payload, needs }: Case): Case['payload'] {
    if (needs?.server === undefined) return payload;
    return { ...payload, code: payload.code.replaceAll(needs.server, this.server) };
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** What plain Node answers to cases of one environment, in their order. */
export async function plainNode(ground: Ground, cases: readonly Case[]): Promise<Answer[]> {
  const environment = cases[0]?.needs?.environment ?? {};
  const file = join(ground.folder, `${cases[0]?.name}.json`);
  const input = cases.map((one) => ({ name: one.name, payload: ground.payloadOf(one) }));
  writeFileSync(file, JSON.stringify(input));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', here('plain-node.cjs'), ground.folder, file],
    { env: { PATH: process.env.PATH, ...environment }, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout) as Answer[];
}

/** The service at a level, in one environment. */
export class Service {
  private constructor(
    private readonly binary: Binary,
    private readonly client: DuplexClient,
    private readonly ground: Ground,
  ) {}

  static async start(
    ground: Ground,
    level: Level,
    environment: Readonly<Record<string, string>>,
  ): Promise<Service> {
    const binary = new Binary(['--port', '0', '--sandbox-modules-dir', ground.moduleDir], {
      SANDBOX_ISOLATION: level,
      EGRESS: `http://${ground.server}`,
      EGRESS_PRIVATE: '127.0.0.0/8',
      ...environment,
    });
    return new Service(binary, await DuplexClient.connect(await binary.listens()), ground);
  }

  async answer(one: Case): Promise<Answer> {
    const payload = this.ground.payloadOf(one);
    try {
      const result = (await this.client.call('runtime.execute', payload)) as {
        readonly value: unknown;
        readonly console: readonly string[];
      };
      return { value: result.value, console: result.console.map((line) => `${line}\n`).join('') };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      return { error: { name: error.message, ...(error.data as object | undefined) } };
    }
  }

  async stop(): Promise<void> {
    await this.client.close();
    this.binary.kill('SIGTERM');
    await this.binary.ended();
  }
}
