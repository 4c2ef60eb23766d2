import { Inject, Injectable, Optional } from '@nestjs/common';
import {
  DEFAULT_SANDBOX_OPTIONS,
  EgressProvider,
  ModuleAllowlistProvider,
  SANDBOX_OPTIONS,
  type SandboxOptions,
} from '../sandbox/index.js';
import { limitsOf, serviceCeiling, tenantCeiling } from './ceiling.js';
import type { Allowed } from './execution-of.js';
import { RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';
import { TenantPolicies, type TenantPolicy, type TenantRate } from './tenant-policies.provider.js';

/** What the executions of a tenant may use, and its rate limit. */
export interface TenantAllowance extends Allowed {
  readonly rate: TenantRate | undefined;
}

type TenantBounds = Pick<Allowed, 'defaults' | 'ceiling'>;

/** Combines the settings, the allowlist and the policy of a tenant. */
@Injectable()
export class TenantAllowances {
  /** For tenants without limits of their own. */
  readonly #everyones: TenantBounds;
  /** A policy stays the same for many executions. */
  readonly #known = new WeakMap<TenantPolicy, TenantBounds>();

  /**
   * @param sandbox absent if the application has its own sandbox module
   * @param egress absent if there is no egress
   */
  constructor(
    private readonly policies: TenantPolicies,
    private readonly allowlist: ModuleAllowlistProvider,
    @Inject(RUNTIME_OPTIONS) private readonly options: RuntimeOptions,
    @Optional() @Inject(SANDBOX_OPTIONS) sandbox: SandboxOptions = DEFAULT_SANDBOX_OPTIONS,
    @Optional() @Inject(EgressProvider) private readonly egress?: EgressProvider,
  ) {
    const { timeoutMs } = options;
    this.#everyones = { defaults: { timeoutMs }, ceiling: serviceCeiling(options, sandbox) };
  }

  /** Called for each execution; the costly parts are computed once per policy. */
  of(tenant: string): TenantAllowance {
    const policy = this.policies.policyOf(tenant);
    const { defaults, ceiling } = policy === undefined ? this.#everyones : this.#boundsOf(policy);
    return {
      tenant,
      modules: policy?.modules ?? this.allowlist.modulesFor(tenant),
      egress: this.egress?.egressFor(tenant, policy?.egress),
      defaults,
      ceiling,
      concurrency: policy?.concurrency,
      timeZone: policy?.timezone,
      rate: policy?.rate,
    };
  }

  #boundsOf(policy: TenantPolicy): TenantBounds {
    const known = this.#known.get(policy);
    if (known !== undefined) return known;
    const { limits } = policy;
    const ceiling = tenantCeiling(this.#everyones.ceiling, limits);
    const timeoutMs = limits?.timeout === undefined ? this.options.timeoutMs : ceiling.timeoutMs;
    const defaults = { timeoutMs, isolation: limits?.isolation, limits: limits && limitsOf(limits) };
    const made: TenantBounds = { defaults, ceiling };
    this.#known.set(policy, made);
    return made;
  }
}
