import type { Exchanges } from '../../egress/exchanges.js';
import type { CodedError } from '../modules/errors.js';

/** Requests to the network: `builtins/egress.ts`. */
export const egress = (): {
  readonly exchanges: Exchanges;
  errorOf(fault: { readonly code: string; readonly message: string }): CodedError;
  refusal(target: string): CodedError | undefined;
} => require('egress') as ReturnType<typeof egress>;
