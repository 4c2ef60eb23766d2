import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SecretSource } from '../auth/index.js';
import { ExecutionFeed } from '../runtime/index.js';
import { SandboxGuarantees, SandboxStatus } from '../sandbox/index.js';
import { Observability } from './observability.js';

/** Joins what is observed with those who observe it, from the start of the application to its last reply. */
@Injectable()
export class ObservabilityService implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly observability: Observability,
    private readonly feed: ExecutionFeed,
    private readonly status: SandboxStatus,
    private readonly guarantees: SandboxGuarantees,
    private readonly secrets: SecretSource,
  ) {}

  onModuleInit(): void {
    const { log, metrics, traces } = this.observability;
    metrics?.follow(this.status, this.guarantees, this.secrets);
    if ((log ?? metrics ?? traces) !== undefined) this.feed.watch(this.observability);
  }

  /** Called after the last reply was given. */
  async onApplicationShutdown(): Promise<void> {
    await this.observability.flush();
  }
}
