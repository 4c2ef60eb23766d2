import type { Exchanges } from '../../boundary/egress/exchanges.js';
import type { CodedError } from '../../boundary/module-errors.js';

/** Requests to the network: `node/egress.ts`. */
export const egress = (): {
  readonly exchanges: Exchanges;
  errorOf(fault: { readonly code: string; readonly message: string }): CodedError;
  refusal(target: string): CodedError | undefined;
} => require('egress') as ReturnType<typeof egress>;
