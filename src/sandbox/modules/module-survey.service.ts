import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { Outcome } from '../execution.js';
import type { InstalledPackage } from '../runner/messages.js';
import { Allowlist } from '../runner/modules/allowlist.js';
import { OFFERED_BUILTINS } from '../runner/modules/builtins.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../sandbox.options.js';
import { SandboxService } from '../sandbox.service.js';
import { InstalledModules } from './installed-modules.service.js';

/** An installed package, as a tenant's scripts find it. */
export interface ModuleState {
  readonly name: string;
  readonly version: string;
  readonly allowed: boolean;
  /** Whether it loads, which is tried in the sandbox; absent for one that is not allowed. */
  readonly loadable?: boolean;
  /** Why it does not load. */
  readonly problem?: string;
}

/** Resolves to '' for a package that loads. One that awaits while it loads is for `import()` only. */
const LOAD = `async function load() {
  try {
    require(name);
  } catch (error) {
    const cause = error.cause ?? error;
    if (cause.code !== 'ERR_REQUIRE_ASYNC_MODULE') return String(cause.message ?? cause) || 'it throws';
    await import(name);
  }
  return '';
}`;
const TIMEOUT_MS = 10_000;
/** Packages tried at once: a survey is not to keep scripts waiting. */
const AT_ONCE = 2;
/** Nobody's secret has this hash. */
const TENANT = 'javascriptd: module survey';

/** Tells which packages there are, and tries those that a tenant may have, each once until the lists are read again. */
@Injectable()
export class ModuleSurvey implements OnModuleInit, OnApplicationBootstrap {
  readonly #logger = new Logger(ModuleSurvey.name);
  readonly #problems = new Map<string, Promise<string>>();

  constructor(
    private readonly installed: InstalledModules,
    private readonly sandbox: SandboxService,
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
  ) {}

  /** Says which names of the setting `MODULES` nothing stands behind, now and after each reload. */
  async onModuleInit(): Promise<void> {
    await this.installed.loaded();
    this.#warn();
    this.installed.onReload(() => {
      this.#problems.clear();
      this.#warn();
      void this.#tryNamed();
    });
  }

  /** The sandbox runs by now. */
  onApplicationBootstrap(): void {
    void this.#tryNamed();
  }

  /**
   * The installed packages in the order of their names. Takes as long as loading them does, the first time.
   * @param modules those that are allowed, as in `ModuleAllowlistProvider`
   * @throws what `SandboxService.run` throws
   */
  async modulesOf(modules: readonly string[]): Promise<ModuleState[]> {
    const allowlist = new Allowlist(modules);
    const states: ModuleState[] = [];
    const waiting = this.installed.packages.entries();
    const work = async (): Promise<void> => {
      for (const [index, known] of waiting) states[index] = await this.#stateOf(known, allowlist);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return states;
  }

  async #stateOf(known: InstalledPackage, allowlist: Allowlist): Promise<ModuleState> {
    const { name, version } = known;
    if (!allowlist.allows(name)) return { name, version, allowed: false };
    const problem = await this.#problemOf(known);
    return { name, version, allowed: true, loadable: problem === '', ...(problem !== '' && { problem }) };
  }

  #problemOf({ name }: InstalledPackage): Promise<string> {
    const known = this.#problems.get(name);
    if (known !== undefined) return known;
    const trying = this.#tried(name);
    this.#problems.set(name, trying);
    // What could not be tried is not known.
    trying.catch(() => this.#problems.delete(name));
    return trying;
  }

  async #tried(name: string): Promise<string> {
    const script = { code: LOAD, globals: { name }, call: 'load', caller: undefined };
    return problemIn(
      await this.sandbox.run({ script, modules: [name], timeoutMs: TIMEOUT_MS, tenant: TENANT }),
    );
  }

  /**
   * Loads those that the setting `MODULES` names, one after the other beside what clients ask for, and says which do not.
   * All that a pattern lets through is tried when somebody asks: there may be hundreds.
   */
  async #tryNamed(): Promise<void> {
    const named = this.installed.packages.filter(({ name }) => this.options.modules.includes(name));
    for (const known of named) {
      try {
        const problem = await this.#problemOf(known);
        if (problem === '') continue;
        // What a package says may be long, and of many lines.
        const [line = ''] = problem.split('\n', 1);
        this.#logger.warn(`MODULES names ${known.name}, which does not load: ${line.slice(0, 200)}`);
      } catch {
        // Busy or closing: it is tried when somebody asks.
      }
    }
  }

  #warn(): void {
    const there = new Set<string>([...OFFERED_BUILTINS, ...this.installed.packages.map(({ name }) => name)]);
    const missing = this.options.modules.filter(
      (name) => !name.endsWith('*') && !there.has(name.replace(/^node:/, '')),
    );
    if (missing.length > 0) this.#logger.warn(`MODULES names what is not installed: ${missing.join(', ')}`);
  }
}

function problemIn(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'returned':
      return String(outcome.value);
    case 'threw':
      return outcome.thrown.message;
    case 'timedOut':
      return `it does not load within ${TIMEOUT_MS / 1000} seconds`;
    case 'exhausted':
      return `it passes the limit ${outcome.limit} while it loads`;
    default:
      return 'the sandbox fails while it loads';
  }
}
