import { Injectable } from '@nestjs/common';
import type { Outcome } from '../execution.js';
import type { InstalledPackage } from '../boundary/messages.js';
import { Allowlist } from '../boundary/allowlist.js';
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
export class ModuleSurvey {
  /** Packages are others when the lists are read again. */
  readonly #problems = new WeakMap<InstalledPackage, Promise<string>>();

  constructor(
    private readonly installed: InstalledModules,
    private readonly sandbox: SandboxService,
  ) {}

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
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      this.release();
    }
    return states;
  }

  async #stateOf(known: InstalledPackage, allowlist: Allowlist): Promise<ModuleState> {
    const { name, version } = known;
    if (!allowlist.allows(name)) return { name, version, allowed: false };
    const problem = await this.problemOf(known);
    return { name, version, allowed: true, loadable: problem === '', ...(problem !== '' && { problem }) };
  }

  /**
   * Why an installed package does not load, '' for one that does.
   * @throws what `SandboxService.run` throws
   */
  problemOf(known: InstalledPackage): Promise<string> {
    const asked = this.#problems.get(known);
    if (asked !== undefined) return asked;
    const trying = this.#tried(known.name);
    this.#problems.set(known, trying);
    // What could not be tried is not known.
    trying.catch(() => this.#problems.delete(known));
    return trying;
  }

  /** The processes in which packages were tried serve no other tenant, and are large by now. */
  release(): void {
    this.sandbox.release(TENANT);
  }

  async #tried(name: string): Promise<string> {
    const script = { code: LOAD, globals: { name }, call: 'load', caller: undefined };
    return problemIn(
      await this.sandbox.run({ script, modules: [name], timeoutMs: TIMEOUT_MS, tenant: TENANT }),
    );
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
