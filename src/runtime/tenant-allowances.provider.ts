import { Inject, Injectable, Optional } from '@nestjs/common';
import {
  DEFAULT_SANDBOX_OPTIONS,
  EgressProvider,
  ModuleAllowlistProvider,
  SANDBOX_OPTIONS,
  type SandboxOptions,
} from '../sandbox/index.js';
import { allowanceOf, type Allowed } from './execution-of.js';
import { boundsOfService, narrowedBy, type LimitBounds } from './limit-bounds.js';
import { RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';
import { TenantPolicies, type TenantPolicy, type TenantRate } from './tenant-policies.provider.js';

/** What the executions of a tenant may use, and its rate limit. */
export interface TenantAllowance extends Allowed {
  readonly rate: TenantRate | undefined;
}

type Limits = Pick<Allowed, 'usual' | 'most'>;

/** Combines the settings, the allowlist and the policy of a tenant. */
@Injectable()
export class TenantAllowances {
  readonly #bounds: LimitBounds;
  readonly #defaults: Limits;
  /** Limits by policy, since a policy stays the same for many executions. */
  readonly #known = new WeakMap<TenantPolicy, Limits>();

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
    this.#bounds = boundsOfService(options, sandbox);
    this.#defaults = { usual: { timeoutMs: options.timeoutMs }, most: this.#bounds };
  }

  /** Called for each execution; the costly parts are computed once per policy. */
  of(tenant: string): TenantAllowance {
    const policy = this.policies.policyOf(tenant);
    const { usual, most } = policy === undefined ? this.#defaults : this.#limitsOf(policy);
    return {
      tenant,
      modules: policy?.modules ?? this.allowlist.modulesFor(tenant),
      egress: this.egress?.egressFor(tenant, policy?.egress),
      usual,
      most,
      concurrency: policy?.concurrency,
      rate: policy?.rate,
    };
  }

  #limitsOf(policy: TenantPolicy): Limits {
    const known = this.#known.get(policy);
    if (known !== undefined) return known;
    const { limits } = policy;
    const most = narrowedBy(limits, this.#bounds);
    const timeoutMs = limits?.timeout === undefined ? this.options.timeoutMs : most.timeout;
    const usual = { timeoutMs, isolation: limits?.isolation, limits: limits && allowanceOf(limits) };
    const made: Limits = { usual, most };
    this.#known.set(policy, made);
    return made;
  }
}
