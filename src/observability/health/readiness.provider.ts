import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { SandboxGuarantees, SandboxStatus } from '../../sandbox/index.js';
import { Capacity } from './capacity.js';

/**
 * Readiness checks: the service is not stopping, the sandbox can run scripts, and the queue has room. A guarantee that
 * this machine does not enforce only degrades the service: if the operator requires it, the service does not start.
 *
 * Everyone who can reach the port can read the response, so it has no paths, numbers or errors. Those are in the log.
 */
@Injectable()
export class Readiness implements OnModuleDestroy {
  readonly #logger = new Logger(Readiness.name);
  readonly #capacity = new Capacity();
  #stopping = false;
  #reported: string | undefined;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly status: SandboxStatus,
    private readonly guarantees: SandboxGuarantees,
  ) {}

  /** The first hook that Nest calls at shutdown, long before connections are closed. */
  onModuleDestroy(): void {
    this.#stopping = true;
  }

  /** @throws ServiceUnavailableException with the same result, if a check is down */
  check(): Promise<HealthCheckResult> {
    const { state } = this.status;
    const hasRoom = this.#capacity.hasRoom(state);
    this.#report(state.problem ?? (hasRoom ? undefined : 'at capacity'));
    return this.health.check([
      () => this.#checked('service', this.#stopping ? 'shutting down' : undefined),
      () => this.#checked('sandbox', state.problem === undefined ? undefined : 'scripts cannot run'),
      () => this.#checked('capacity', hasRoom ? undefined : 'at capacity'),
      () => this.#guaranteed(),
    ]);
  }

  #checked(name: string, problem: string | undefined): HealthIndicatorResult {
    const indicator = this.indicators.check(name);
    return problem === undefined ? indicator.up() : indicator.down(problem);
  }

  #guaranteed(): HealthIndicatorResult {
    const indicator = this.indicators.check('guarantees');
    const { report } = this.guarantees;
    if (report === undefined) return indicator.degraded('not checked');
    const notEnforced = report.guarantees
      .filter(({ enforced }) => !enforced)
      .map(({ guarantee }) => guarantee);
    return notEnforced.length === 0 ? indicator.up() : indicator.degraded({ notEnforced });
  }

  /** Logs one line when the result changes, however often it is checked. */
  #report(problem: string | undefined): void {
    if (problem === this.#reported || this.#stopping) return;
    this.#reported = problem;
    if (problem === undefined) this.#logger.log('ready again');
    else this.#logger.warn(`not ready: ${problem}`);
  }
}
