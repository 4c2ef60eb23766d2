import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import type { InstalledPackage } from '../boundary/messages.js';
import { Allowlist } from '../boundary/allowlist.js';
import { OFFERED_BUILTINS } from '../boundary/builtins.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../sandbox.options.js';
import { SandboxStatus } from '../sandbox-status.provider.js';
import { InstalledModules } from './installed-modules.service.js';
import { ModuleSurvey } from './module-survey.service.js';

/** The first clients of a service that has just started must not wait behind its packages. */
const QUIET_AT_FIRST_MS = 3000;
/** Interval at which the sandbox is polled until it is idle. */
const LOOK_MS = 250;
/** Share of one core that the check uses at most. */
const DUTY = 0.1;
/** Max names in a log line; `javascriptd modules` lists all of them, with reasons. */
const MAX_NAMES = 30;

/** Logs, after the start and after each reload of the lists, which packages of `MODULES` are missing or do not load. */
@Injectable()
export class ModuleCheck implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(ModuleCheck.name);
  #pass = new AbortController();

  constructor(
    private readonly installed: InstalledModules,
    private readonly survey: ModuleSurvey,
    private readonly status: SandboxStatus,
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.installed.loaded();
    this.#logMissing();
    this.installed.onReload(() => {
      this.#logMissing();
      this.#begin();
    });
  }

  /** The sandbox is running at this point. */
  onApplicationBootstrap(): void {
    this.#begin();
  }

  onApplicationShutdown(): void {
    this.#pass.abort();
  }

  #logMissing(): void {
    const there = new Set<string>([...OFFERED_BUILTINS, ...this.installed.packages.map(({ name }) => name)]);
    const missing = this.options.modules.filter(
      (name) => !name.endsWith('*') && !there.has(name.replace(/^node:/, '')),
    );
    if (missing.length > 0) this.#logger.warn(`MODULES names what is not installed: ${missing.join(', ')}`);
  }

  /** Starts a pass over all packages, and ends the one that is under way. */
  #begin(): void {
    this.#pass.abort();
    this.#pass = new AbortController();
    const { signal } = this.#pass;
    this.#checkNamed(signal)
      .then(() => this.#checkOthers(signal))
      .then(() => this.survey.release())
      .catch((error: unknown) => {
        if (!signal.aborted) this.#logger.error(`packages were not checked: ${String(error)}`);
      });
  }

  /** Packages that the setting names are loaded beside the scripts of clients. */
  async #checkNamed(pass: AbortSignal): Promise<void> {
    // The other listeners of a reload have replaced the runners by then.
    await pause(0, pass);
    for (const known of this.installed.packages.filter(({ name }) => this.options.modules.includes(name))) {
      const problem = await this.#problemOf(known);
      if (pass.aborted) return;
      if (problem !== '') this.#logger.warn(`MODULES names ${known.name}, which does not load: ${problem}`);
    }
  }

  /** A pattern may allow hundreds of packages: they are loaded while the sandbox is idle. */
  async #checkOthers(pass: AbortSignal): Promise<void> {
    const allowlist = new Allowlist(this.options.modules);
    const others = this.installed.packages.filter(
      ({ name }) => allowlist.allows(name) && !this.options.modules.includes(name),
    );
    if (others.length === 0) return;
    await pause(QUIET_AT_FIRST_MS, pass);
    const broken: string[] = [];
    for (const known of others) {
      while (!this.#isIdle()) await pause(LOOK_MS, pass);
      const startedAt = performance.now();
      if ((await this.#problemOf(known)) !== '') broken.push(known.name);
      await pause((performance.now() - startedAt) / DUTY, pass);
    }
    this.#logger.log(summary(others.length, broken));
  }

  #isIdle(): boolean {
    const { runners, queued } = this.status.state;
    return runners.running + runners.starting + queued === 0;
  }

  /** @returns one short line, whatever the package reports; '' also while the sandbox is busy or closing */
  async #problemOf(known: InstalledPackage): Promise<string> {
    try {
      const [line = ''] = (await this.survey.problemOf(known)).split('\n', 1);
      return line.slice(0, 200);
    } catch {
      return '';
    }
  }
}

async function pause(ms: number, pass: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: pass, ref: false });
}

function summary(count: number, broken: readonly string[]): string {
  if (broken.length === 0) return `All ${count} packages that MODULES lets through load`;
  const names = broken.slice(0, MAX_NAMES).join(', ') + (broken.length > MAX_NAMES ? ', …' : '');
  return `Of ${count} packages that MODULES lets through, ${broken.length} do not load (javascriptd modules says why): ${names}`;
}
