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
 * Whether clients should be sent here: the service is not stopping, the sandbox can run scripts, and there is room
 * for one more. A guarantee that this machine does not enforce degrades the service only: where the operator requires
 * it, the service has not started.
 *
 * Whoever reaches the port reads the answer, so it names no path, no number and no error; the log has those.
 */
@Injectable()
export class Readiness implements OnModuleDestroy {
  readonly #logger = new Logger(Readiness.name);
  readonly #capacity = new Capacity();
  #stopping = false;
  #told: string | undefined;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly status: SandboxStatus,
    private readonly guarantees: SandboxGuarantees,
  ) {}

  /** The first that Nest calls of an application that closes: long before it hears nobody any more. */
  onModuleDestroy(): void {
    this.#stopping = true;
  }

  /** @throws ServiceUnavailableException with the same result, when one of the checks is down */
  check(): Promise<HealthCheckResult> {
    const { state } = this.status;
    const hasRoom = this.#capacity.hasRoom(state);
    this.#tell(state.problem ?? (hasRoom ? undefined : 'as many scripts wait as may'));
    return this.health.check([
      () => this.#checked('service', this.#stopping ? 'shutting down' : undefined),
      () => this.#checked('sandbox', state.problem === undefined ? undefined : 'no script can run now'),
      () => this.#checked('capacity', hasRoom ? undefined : 'as many scripts wait as may'),
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
    if (report === undefined) return indicator.degraded('not tried');
    const notEnforced = report.guarantees
      .filter(({ enforced }) => !enforced)
      .map(({ guarantee }) => guarantee);
    return notEnforced.length === 0 ? indicator.up() : indicator.degraded({ notEnforced });
  }

  /** One line when the answer changes, however often it is asked for. */
  #tell(problem: string | undefined): void {
    if (problem === this.#told || this.#stopping) return;
    this.#told = problem;
    if (problem === undefined) this.#logger.log('ready again');
    else this.#logger.warn(`not ready: ${problem}`);
  }
}
