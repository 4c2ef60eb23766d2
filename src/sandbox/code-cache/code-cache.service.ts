import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Allowlist } from '../boundary/allowlist.js';
import { BUILTINS_PACK } from '../boundary/code-packs.js';
import type { InstalledPackage } from '../boundary/messages.js';
import { SandboxGuarantees } from '../guarantees/sandbox-guarantees.service.js';
import { InstalledModules } from '../packages/installed-modules.service.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../sandbox.options.js';
import { SandboxStatus } from '../sandbox-status.provider.js';
import { CacheFolder, UnsafeFolderError } from './cache-folder.js';
import { cacheKey } from './cache-key.js';
import { makePack } from './pack-maker.js';

/** The first clients of a service that has just started must not wait behind its packages. */
const QUIET_AT_FIRST_MS = 1000;
/** Interval at which the sandbox is polled until it is idle. */
const LOOK_MS = 100;
/** Share of one core that making packs in the background uses at most. */
const DUTY = 0.25;
/** Packages of one service: the allowlist may let thousands through. */
const MAX_PACKS = 2000;

/** What became of one pack. */
export interface CodePackResult {
  readonly name: string;
  /** Its size; undefined when there is none. */
  readonly bytes?: number;
  /** Why there is none. */
  readonly problem?: string;
}

/**
 * The code packs of the packages, which runner processes read: see docs/code-cache.md. Processes that have run no tenant's script
 * make them, in the background and while the sandbox is idle, or `javascriptd warm` has had them made.
 */
@Injectable()
export class CodeCache implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(CodeCache.name);
  #folder: CacheFolder | undefined;
  #pass = new AbortController();

  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly installed: InstalledModules,
    private readonly guarantees: SandboxGuarantees,
    private readonly status: SandboxStatus,
  ) {}

  /** Where runner processes find packs, also such as are made later; undefined when there is no cache. */
  get folder(): string | undefined {
    return this.#folder?.path;
  }

  /** Opens the folder, once it is known what runner processes can do. A folder that is not safe is not used. */
  async open(): Promise<void> {
    try {
      await this.openFor(this.guarantees.runnersCouldWrite);
    } catch (error) {
      this.#logger.warn(`SANDBOX_CODE_CACHE is not used: ${messageOf(error)}`);
    }
  }

  /**
   * @param areRunners see `Owners`
   * @throws UnsafeFolderError, or the system's error
   */
  async openFor(areRunners: boolean): Promise<void> {
    const { codeCacheDir, maxCodeCacheBytes } = this.options;
    if (codeCacheDir === undefined) return;
    const owners = { uid: process.geteuid?.(), areRunners };
    const key = await cacheKey(this.guarantees.engine);
    this.#folder = CacheFolder.open(codeCacheDir, key, owners, maxCodeCacheBytes);
  }

  onApplicationBootstrap(): void {
    const folder = this.#folder;
    if (folder === undefined) return;
    if (!folder.isWritable) {
      const missing = this.names().filter((name) => folder.madeAt(name) === undefined).length;
      this.#logger.log(
        `code cache: ${folder.size} packs; the folder is read-only to this user` +
          (missing === 0 ? '' : `, and ${missing} have none: javascriptd warm makes them`),
      );
      return;
    }
    this.#begin((known) => this.#isOutdated(folder, known));
    this.installed.onReload(() => this.#begin(() => true));
  }

  onApplicationShutdown(): void {
    this.#pass.abort();
  }

  /** The packs that there should be: of the builtins, and of the packages that `MODULES` lets through. */
  names(): readonly string[] {
    const allowlist = new Allowlist(this.options.modules);
    const packages = this.installed.packages.filter(({ name }) => allowlist.allows(name));
    return [BUILTINS_PACK, ...packages.map(({ name }) => name)].slice(0, MAX_PACKS);
  }

  /**
   * Makes one pack, in place of an older one.
   * @throws RunnerStartError when no process starts
   */
  async make(name: string, ended: AbortSignal): Promise<CodePackResult> {
    const folder = this.#folder;
    if (folder?.isWritable !== true) return { name, problem: 'the folder cannot be written' };
    const made = await makePack(this.guarantees.launchMaker(), this.installed.packages, name, ended);
    if (typeof made === 'string') return { name, problem: asLine(made) };
    if (ended.aborted) return { name, problem: 'it was interrupted' };
    const isKept = await folder.put(name, made);
    return isKept ? { name, bytes: made.length } : { name, problem: 'the cache is full' };
  }

  /** Starts a pass over the packages, and ends the one that is under way. */
  #begin(isDue: (known: InstalledPackage | undefined) => boolean): void {
    this.#pass.abort();
    this.#pass = new AbortController();
    const { signal } = this.#pass;
    this.#makeAll(isDue, signal).catch((error: unknown) => {
      if (!signal.aborted) this.#logger.error(`code cache: ${messageOf(error)}`);
    });
  }

  async #makeAll(isDue: (known: InstalledPackage | undefined) => boolean, pass: AbortSignal): Promise<void> {
    await pause(QUIET_AT_FIRST_MS, pass);
    const names = this.names();
    this.#folder?.keepOnly(names);
    const packages = new Map(this.installed.packages.map((known) => [known.name, known]));
    const due = names.filter((name) => isDue(packages.get(name)));
    if (due.length === 0) return;
    let made = 0;
    for (const name of due) {
      while (!this.#isIdle()) await pause(LOOK_MS, pass);
      const startedAt = performance.now();
      const { bytes, problem } = await this.make(name, pass);
      if (pass.aborted) return;
      if (bytes !== undefined) made += 1;
      else this.#logger.debug(`code cache: no pack of ${name}: ${problem}`);
      await pause((performance.now() - startedAt) * (1 / DUTY - 1), pass);
    }
    this.#logger.log(`code cache: made ${made} of ${due.length} packs`);
  }

  #isIdle(): boolean {
    const { runners, queued } = this.status.state;
    return runners.running + runners.starting + queued === 0;
  }

  /** A package that was installed again after its pack was made; what it depends on is found out when it is read. */
  #isOutdated(folder: CacheFolder, known: InstalledPackage | undefined): boolean {
    const madeAt = folder.madeAt(known?.name ?? BUILTINS_PACK);
    return madeAt === undefined || (known !== undefined && changedAt(known) > madeAt);
  }
}

function changedAt({ dir }: InstalledPackage): number {
  try {
    return statSync(join(dir, 'package.json')).ctimeMs;
  } catch {
    return 0;
  }
}

/** The first line of a package's text, for a log and a terminal: without control characters. */
function asLine(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.replaceAll(/\p{Cc}/gu, ' ');
}

function messageOf(error: unknown): string {
  if (error instanceof UnsafeFolderError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

async function pause(ms: number, pass: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: pass, ref: false });
}
