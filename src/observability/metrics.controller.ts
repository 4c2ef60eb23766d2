import { Controller, Get, Header } from '@nestjs/common';
import { Observability } from './observability.js';

/** The endpoint for Prometheus. It requires no secret: it has only numbers and names that the operator chose. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly observability: Observability) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  metrics(): Promise<string> | undefined {
    return this.observability.scrape();
  }
}
