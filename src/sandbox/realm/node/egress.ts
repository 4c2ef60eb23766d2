import { Exchanges } from '../../boundary/egress/exchanges.js';
import { type CodedError, egressOff } from '../../boundary/module-errors.js';

const exchanges = new Exchanges(environment.egress);

/** The error of a request that came to nothing. */
function errorOf({ code, message }: { readonly code: string; readonly message: string }): CodedError {
  return Object.assign(new Error(message), { code });
}

/** The requests of the context, for the builtins that make some. */
export default {
  exchanges,
  errorOf,
  /** The error of a request where there is no network; undefined where there is one. */
  refusal(target: string): CodedError | undefined {
    return exchanges.isOpen ? undefined : egressOff(target);
  },
};
