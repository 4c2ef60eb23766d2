import { Inject, Injectable, Optional, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SecretSource } from '../auth/index.js';
import { EgressService } from '../egress/index.js';
import { ExecutionFeed } from '../runtime/index.js';
import { SandboxGuarantees, SandboxStatus } from '../sandbox/index.js';
import { Observability } from './observability.js';

/** Connects the observers to the runtime, the sandbox and egress. */
@Injectable()
export class ObservabilityService implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly observability: Observability,
    private readonly feed: ExecutionFeed,
    private readonly status: SandboxStatus,
    private readonly guarantees: SandboxGuarantees,
    private readonly secrets: SecretSource,
    @Optional() @Inject(EgressService) private readonly egress: EgressService | undefined,
  ) {}

  onModuleInit(): void {
    const { log, metrics, traces } = this.observability;
    metrics?.follow(this.status, this.guarantees, this.secrets, this.egress);
    if ((log ?? metrics ?? traces) !== undefined) this.feed.watch(this.observability);
  }

  /** Called after the last reply was sent. */
  async onApplicationShutdown(): Promise<void> {
    await this.observability.flush();
  }
}
