import { Controller, Get, Header } from '@nestjs/common';
import { HealthCheck, type HealthCheckResult } from '@nestjs/terminus';
import { Readiness } from './readiness.provider.js';

/** The two questions that an orchestrator asks, by the names that Kubernetes itself uses. No secret is needed. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Whether the event loop turns: that there is an answer is the answer, while the service stops too. */
  @Get('livez')
  @Header('Cache-Control', 'no-store')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 with the checks while clients should be sent here, else 503 with the same. */
  @Get('readyz')
  @HealthCheck({ noCache: true, swaggerDocumentation: false })
  ready(): Promise<HealthCheckResult> {
    return this.readiness.check();
  }
}
