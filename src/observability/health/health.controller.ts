import { Controller, Get, Header } from '@nestjs/common';
import { HealthCheck, type HealthCheckResult } from '@nestjs/terminus';
import { Readiness } from './readiness.provider.js';

/** Liveness and readiness probes, named as in Kubernetes. They require no secret. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Liveness: any response shows that the event loop runs, also while the service stops. */
  @Get('livez')
  @Header('Cache-Control', 'no-store')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** Readiness: 200 while the service should get clients, else 503; both with the checks. */
  @Get('readyz')
  @HealthCheck({ noCache: true, swaggerDocumentation: false })
  ready(): Promise<HealthCheckResult> {
    return this.readiness.check();
  }
}
