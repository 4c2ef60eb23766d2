import { Injectable } from '@nestjs/common';
import type { ExecutionOptionsDto } from './execution-options.dto.js';

/** Maximum resources of one execution, in the units of `options`. */
export type TenantLimits = Pick<
  ExecutionOptionsDto,
  'timeout' | 'cpu' | 'memory' | 'result' | 'console' | 'isolation'
> & {
  /** Wall-clock milliseconds of an execution with `hostTime: "pauses"`, including waits for client functions. */
  readonly hostTime?: number;
};

/** Rate limit (token bucket): `burst` executions at once, and then `perSecond`. */
export interface TenantRate {
  readonly perSecond: number;
  readonly burst: number;
}

/** The policy of one tenant, where it differs from the defaults. Immutable: replace it to change it. */
export interface TenantPolicy {
  /** Names, `@scope/*` and `*` that its scripts may `require`. Absent: the list of `ModuleAllowlistProvider`. */
  readonly modules?: readonly string[] | undefined;
  /** Hosts that its scripts may reach. Absent: the default hosts. */
  readonly egress?: readonly string[] | undefined;
  /** Limits of its executions, and upper bounds for their options; never above those of the service. */
  readonly limits?: TenantLimits | undefined;
  /** Maximum concurrent executions; further executions wait. Absent: bounded only by the runner processes. */
  readonly concurrency?: number | undefined;
  readonly rate?: TenantRate | undefined;
  /** Time zone of its scripts, such as `Europe/Berlin`. Absent: that of the service. */
  readonly timezone?: string | undefined;
}

/**
 * Provides the policies of tenants. It is called synchronously for each execution, so policies must be in memory; they may
 * change while the service runs. The abstract class is the injection token.
 */
export abstract class TenantPolicies {
  /** @returns `undefined` for a tenant without a policy; the same object as long as the policy is unchanged */
  abstract policyOf(tenant: string): TenantPolicy | undefined;
}

/** No tenant has a policy. */
@Injectable()
export class NoPolicies extends TenantPolicies {
  override policyOf(): undefined {
    return undefined;
  }
}
