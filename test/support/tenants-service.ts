import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binary } from './binary.js';
import { DuplexClient } from './duplex-client.js';
import { get } from './http.js';
import { post, JSON_HEADERS, type ExecuteAnswer } from './http-execute.js';
import { until } from './until.js';

/** Tenants as in SECRETS_FILE, by their names. */
export type TenantsGiven = Readonly<Record<string, unknown>>;

/** The real program, with a file of tenants that may change. */
export class TenantsService {
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'javascriptd-tenants-')));
  readonly path = join(this.#folder, 'tenants.yaml');
  #count = 0;
  #isMounted = false;
  #lines = 0;
  #binary: Binary | undefined;
  #url = '';

  get binary(): Binary {
    if (this.#binary === undefined) throw new Error('not started');
    return this.#binary;
  }

  get url(): string {
    return this.#url;
  }

  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#binary = new Binary([], {
      PORT: '0',
      HOST: '127.0.0.1',
      SECRETS_FILE: this.path,
      ...environment,
    });
    this.#url = await this.binary.listens();
  }

  /** Puts a new file in the place of the old one, in one step. */
  write(text: string): void {
    this.#count += 1;
    const next = join(this.#folder, `next-${this.#count}`);
    writeFileSync(next, text);
    renameSync(next, this.path);
  }

  give(tenants: TenantsGiven): void {
    this.write(JSON.stringify({ tenants }));
  }

  /** As Kubernetes mounts a secret: the file is a link through `..data`, which is what is replaced. */
  mount(tenants: TenantsGiven): void {
    this.#count += 1;
    const version = `..version-${this.#count}`;
    mkdirSync(join(this.#folder, version));
    writeFileSync(join(this.#folder, version, 'tenants.yaml'), JSON.stringify({ tenants }));
    symlinkSync(version, join(this.#folder, '..data_tmp'));
    renameSync(join(this.#folder, '..data_tmp'), join(this.#folder, '..data'));
    if (this.#isMounted) return;
    this.#isMounted = true;
    symlinkSync(join('..data', 'tenants.yaml'), join(this.#folder, 'link'));
    renameSync(join(this.#folder, 'link'), this.path);
  }

  /** The next line that the service tells of its tenants. */
  async told(): Promise<string> {
    this.#lines += 1;
    const lines = (): readonly string[] => this.binary.stdout.match(/^.*"context":"Tenants".*\n/gm) ?? [];
    await until(() => lines().length >= this.#lines);
    const { msg }: { msg: string } = JSON.parse(lines()[this.#lines - 1] ?? '');
    return msg;
  }

  connect(secret: string): Promise<DuplexClient> {
    return DuplexClient.connect(this.#url, { headers: { 'x-runtime-secret': secret } });
  }

  post(secret: string, script: unknown): Promise<ExecuteAnswer> {
    return post(this.#url, script, { ...JSON_HEADERS, 'x-runtime-secret': secret });
  }

  async metrics(): Promise<string> {
    return (await get(this.#url, '/metrics')).text;
  }

  async stop(): Promise<void> {
    this.#binary?.kill('SIGTERM');
    await this.#binary?.ended();
    rmSync(this.#folder, { recursive: true });
  }
}

/** A script that answers with an expression. */
export function scriptOf(expression: string, more: object = {}): object {
  return { code: `function f(cb) { cb(${expression}) }`, call: 'f', ...more };
}
