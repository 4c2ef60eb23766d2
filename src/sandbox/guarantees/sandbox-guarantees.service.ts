import { Inject, Injectable, Logger } from '@nestjs/common';
import { GuaranteesMissingError } from '../errors.js';
import type { Isolation } from '../execution.js';
import { InstalledModules } from '../packages/installed-modules.service.js';
import { foldersOf } from '../packages/folders.js';
import { type HostCapabilities, examineHost } from '../pool/hardening/host-capabilities.js';
import type { Layer } from '../pool/hardening/layer.js';
import type { ResourceLimits } from '../pool/hardening/resource-limits.js';
import { MOST_USER_IDS } from '../pool/hardening/user-ids.js';
import { engineFlags, type Launch, type LaunchPlan, launchOf } from '../pool/launch.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../sandbox.options.js';
import type { Guarantee } from './guarantee.js';
import { type SandboxReport, holdsNode, reportTable, unenforced } from './report.js';
import { survey } from './survey.js';

interface Established {
  readonly host: HostCapabilities;
  readonly layers: ReadonlySet<Layer>;
  readonly report: SandboxReport;
}

const HOLDING_ADDONS: readonly Guarantee[] = ['files', 'network', 'processes', 'secrets'];

/** Tries once which guarantees hold on this machine, and launches runners with exactly the layers that were tried. */
@Injectable()
export class SandboxGuarantees {
  readonly #logger = new Logger(SandboxGuarantees.name);
  #established: Established | undefined;
  #isRefused = false;

  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly installed: InstalledModules,
  ) {}

  /** The last report; undefined until {@link establish} is done. */
  get report(): SandboxReport | undefined {
    return this.#established?.report;
  }

  /**
   * Tries the layers.
   * @throws GuaranteesMissingError when a guarantee that the operator requires does not hold
   * @throws RunnerStartError when a runner process does not start even without layers
   */
  async establish(): Promise<SandboxReport> {
    const host = await examineHost(this.options);
    await this.installed.loaded();
    const report = await survey({ host, folders: this.#folders(), limits: this.#limits() });
    const missing = report.guarantees
      .filter(({ guarantee, enforced }) => !enforced && this.options.requiredGuarantees.includes(guarantee))
      .map(({ guarantee }) => guarantee);
    if (missing.length > 0) throw new GuaranteesMissingError(missing, reportTable(report));
    const layers = new Set(report.layers.filter(({ applied }) => applied).map(({ layer }) => layer));
    this.#warn(report, layers);
    this.#established = { host, layers, report };
    return report;
  }

  /**
   * How to start the next runner process: like its probe, with the packages that are installed now.
   * @param isolation of the scripts that it runs. A script whose caller asks for `process` gets Node itself only if the
   *   operating system can hold that: a stricter level must not give more.
   * @param codeCache a folder of code packs, which it may read
   * @throws RunnerStartError when no user id is free for it
   * @throws Error before {@link establish}: nothing is launched with less than what was tried
   */
  launch(isolation: Isolation, codeCache?: string): Launch {
    const level = isolation === 'process' && this.#givesNode ? 'process' : 'context';
    return this.#launch({ isolation: level, addons: this.options.addons }, codeCache);
  }

  /**
   * How to start a process that makes a code pack: as a runner of level `context`.
   * @throws like {@link launch}
   */
  launchMaker(): Launch {
    return this.#launch({ program: 'maker' });
  }

  /** What code packs depend on: the Node of the runners, and the flags of those at level `context`. */
  get engine(): readonly string[] {
    const { host } = this.#tried;
    return [host.node.version, ...engineFlags({ host, limits: this.#limits() })];
  }

  /** Whether a script that has escaped could write as the user of the service: its process has that user, and no layer forbids it. */
  get runnersCouldWrite(): boolean {
    const { layers, report } = this.#tried;
    return !layers.has('user') && unenforced(report, ['files']).length > 0;
  }

  get #tried(): Established {
    if (this.#established === undefined) throw new Error('no layer has been tried yet');
    return this.#established;
  }

  #launch(
    program: Pick<LaunchPlan, 'isolation' | 'addons'> & Partial<Pick<LaunchPlan, 'program'>>,
    codeCache?: string,
  ): Launch {
    const { host, layers } = this.#tried;
    const plan: LaunchPlan = {
      host,
      layers,
      folders: this.#folders(codeCache),
      limits: this.#limits(),
      program: 'main',
      webAssembly: this.options.webAssembly,
      ...program,
    };
    try {
      const launch = launchOf(plan);
      this.#isRefused = false;
      return launch;
    } catch (error) {
      // It is tried again and again, but logged once.
      if (!this.#isRefused) this.#logger.error(String(error));
      this.#isRefused = true;
      throw error;
    }
  }

  get #givesNode(): boolean {
    return this.options.isolation === 'process' || (this.report !== undefined && holdsNode(this.report));
  }

  #warn(report: SandboxReport, layers: ReadonlySet<Layer>): void {
    // Only the operating system can hold machine code.
    const open = this.options.addons ? unenforced(report, HOLDING_ADDONS) : [];
    if (open.length > 0)
      this.#logger.warn(
        `SANDBOX_ADDONS is on, and nothing here keeps native add-ons from: ${open.join(', ')}`,
      );
    const { maxRunners } = this.options;
    if (layers.has('user') && maxRunners > MOST_USER_IDS)
      this.#logger.warn(
        `MAX_CONCURRENCY=${maxRunners} is more than the ${MOST_USER_IDS} user ids from SANDBOX_UID=${this.options.firstUid} on: ` +
          `at most ${MOST_USER_IDS} runner processes run at once; lower MAX_CONCURRENCY, or start the service as another user than root`,
      );
  }

  #limits(): ResourceLimits {
    return { memoryBytes: this.options.maxMemoryBytes, heapBytes: this.options.maxHeapBytes };
  }

  #folders(codeCache?: string): readonly string[] {
    const more = codeCache === undefined ? [] : [codeCache];
    return foldersOf(this.installed.packages, [...this.options.moduleDirs, ...more]);
  }
}
