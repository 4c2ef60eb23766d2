/** Codes of errors that are ours, and not Node's. */
export const EGRESS_CODES = {
  /** The host, its address or the request is not what the operator lets through. */
  refused: 'ERR_EGRESS_REFUSED',
  /** A limit of the operator's is passed. */
  limit: 'ERR_EGRESS_LIMIT',
  /** What cannot be sent. */
  invalid: 'ERR_EGRESS_INVALID_REQUEST',
} as const;

/** Why a request came to nothing: what the script is told. */
export class EgressFault extends Error {
  override readonly name = 'EgressFault';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** For a host or address that is not let through. */
export function refused(message: string): EgressFault {
  return new EgressFault(EGRESS_CODES.refused, message);
}

/** For a limit; the message names the setting. */
export function passed(message: string): EgressFault {
  return new EgressFault(EGRESS_CODES.limit, message);
}
