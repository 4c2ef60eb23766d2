import { Injectable } from '@nestjs/common';
import type { ExecutionOptionsDto } from './execution-options.dto.js';

/** Most of what one execution may use, in the units of `options`. */
export type TenantLimits = Pick<
  ExecutionOptionsDto,
  'timeout' | 'cpu' | 'memory' | 'result' | 'console' | 'isolation'
> & {
  /** Milliseconds of an execution with `hostTime: "pauses"`, waiting for its client's functions included. */
  readonly hostTime?: number;
};

/** How many executions may begin: `burst` at once, and then `perSecond`. */
export interface TenantRate {
  readonly perSecond: number;
  readonly burst: number;
}

/** What one tenant may have, where that is not what everyone may have. Not to be changed: a new one takes its place. */
export interface TenantPolicy {
  /** Names, `@scope/*` and `*` that its scripts may `require`. Absent: what `ModuleAllowlistProvider` says. */
  readonly modules?: readonly string[] | undefined;
  /** Hosts that its scripts may reach. Absent: what everyone may reach. */
  readonly egress?: readonly string[] | undefined;
  /** What holds for its executions, and the most that one of them can ask for; never more than the service's own. */
  readonly limits?: TenantLimits | undefined;
  /** Most executions that run at once; others wait for them. Absent: as many as there are runner processes for. */
  readonly concurrency?: number | undefined;
  readonly rate?: TenantRate | undefined;
}

/**
 * Knows the policies of tenants. Asked for each execution while its client waits, so an implementation looks into
 * memory, and may change its answer while the service runs. The abstract class is the injection token.
 */
export abstract class TenantPolicies {
  /** @returns `undefined` for a tenant without a policy of its own; the same object as long as nothing has changed */
  abstract policyOf(tenant: string): TenantPolicy | undefined;
}

/** No tenant has a policy of its own. */
@Injectable()
export class NoPolicies extends TenantPolicies {
  override policyOf(): undefined {
    return undefined;
  }
}
