import { EgressClient } from '../../boundary/egress/egress-client.js';
import { type CodedError, egressOff } from '../../boundary/coded-errors.js';

const client = new EgressClient(environment.egress);

/** Sends the requests of the context, for `http` and `fetch`. */
export default {
  client,
  refusal(target: string): CodedError | undefined {
    return client.isOpen ? undefined : egressOff(target);
  },
};
