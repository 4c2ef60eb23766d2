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

/** The first clients of a service that has just started are not to wait behind its packages. */
const QUIET_AT_FIRST_MS = 3000;
/** Between two looks whether the sandbox is idle. */
const LOOK_MS = 250;
/** Of one core, at most this share is used for it. */
const DUTY = 0.1;
/** A name that stands in the log; `javascriptd modules` has all of them, and the reasons. */
const MOST_NAMES = 30;

/** Tells the operator, after the start and after each reload of the lists, what of `MODULES` is not there or does not load. */
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
    this.#tellMissing();
    this.installed.onReload(() => {
      this.#tellMissing();
      this.#begin();
    });
  }

  /** The sandbox runs by now. */
  onApplicationBootstrap(): void {
    this.#begin();
  }

  onApplicationShutdown(): void {
    this.#pass.abort();
  }

  #tellMissing(): void {
    const there = new Set<string>([...OFFERED_BUILTINS, ...this.installed.packages.map(({ name }) => name)]);
    const missing = this.options.modules.filter(
      (name) => !name.endsWith('*') && !there.has(name.replace(/^node:/, '')),
    );
    if (missing.length > 0) this.#logger.warn(`MODULES names what is not installed: ${missing.join(', ')}`);
  }

  /** A pass over all packages; one that is under way ends. */
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

  /** What the setting names itself is loaded beside what clients ask for. */
  async #checkNamed(pass: AbortSignal): Promise<void> {
    // Whoever else hears of a reload has replaced the runners by then.
    await pause(0, pass);
    for (const known of this.installed.packages.filter(({ name }) => this.options.modules.includes(name))) {
      const problem = await this.#problemOf(known);
      if (pass.aborted) return;
      if (problem !== '') this.#logger.warn(`MODULES names ${known.name}, which does not load: ${problem}`);
    }
  }

  /** What a pattern lets through may be hundreds: it is loaded while the sandbox has nothing else to do. */
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

  /** @returns one line, and not a long one: what a package says may be both; '' where it is busy or closing, too */
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
  const names = broken.slice(0, MOST_NAMES).join(', ') + (broken.length > MOST_NAMES ? ', …' : '');
  return `Of ${count} packages that MODULES lets through, ${broken.length} do not load (javascriptd modules says why): ${names}`;
}
