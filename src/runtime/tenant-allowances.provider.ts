import { Inject, Injectable, Optional } from '@nestjs/common';
import {
  DEFAULT_SANDBOX_OPTIONS,
  ModuleAllowlistProvider,
  SANDBOX_OPTIONS,
  type SandboxOptions,
} from '../sandbox/index.js';
import { allowanceOf, type Allowed } from './execution-of.js';
import { boundsOfService, narrowedBy, type LimitBounds } from './limit-bounds.js';
import { RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';
import { TenantPolicies, type TenantPolicy, type TenantRate } from './tenant-policies.provider.js';

/** What a tenant's executions may have, and how often they may begin. */
export interface TenantAllowance extends Allowed {
  readonly rate: TenantRate | undefined;
}

type Limits = Pick<Allowed, 'usual' | 'most'>;

/** Joins what the settings, the allowlist and a tenant's policy say. */
@Injectable()
export class TenantAllowances {
  readonly #bounds: LimitBounds;
  readonly #everyones: Limits;
  /** A policy stays the same for many executions. */
  readonly #known = new WeakMap<TenantPolicy, Limits>();

  /** @param sandbox absent where an application brings a sandbox module of its own */
  constructor(
    private readonly policies: TenantPolicies,
    private readonly allowlist: ModuleAllowlistProvider,
    @Inject(RUNTIME_OPTIONS) private readonly options: RuntimeOptions,
    @Optional() @Inject(SANDBOX_OPTIONS) sandbox: SandboxOptions = DEFAULT_SANDBOX_OPTIONS,
  ) {
    this.#bounds = boundsOfService(options, sandbox);
    this.#everyones = { usual: { timeoutMs: options.timeoutMs }, most: this.#bounds };
  }

  /** Asked for each execution: what of it costs anything is done once for each policy. */
  of(tenant: string): TenantAllowance {
    const policy = this.policies.policyOf(tenant);
    const { usual, most } = policy === undefined ? this.#everyones : this.#limitsOf(policy);
    return {
      tenant,
      modules: policy?.modules ?? this.allowlist.modulesFor(tenant),
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
