/** Error codes of our own, which Node does not have. */
export const EGRESS_CODES = {
  /** The operator does not allow the host, its address or the method. */
  refused: 'ERR_EGRESS_REFUSED',
  /** A limit of the operator is exceeded. */
  limit: 'ERR_EGRESS_LIMIT',
  /** The request cannot be sent over HTTP. */
  invalid: 'ERR_EGRESS_INVALID_REQUEST',
} as const;

/** Why a request failed, as the script sees it. */
export class EgressFault extends Error {
  override readonly name = 'EgressFault';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The error for a host, address or method that is not allowed. */
export function refused(message: string): EgressFault {
  return new EgressFault(EGRESS_CODES.refused, message);
}

/** The error for an exceeded limit; the message names the setting. */
export function limitExceeded(message: string): EgressFault {
  return new EgressFault(EGRESS_CODES.limit, message);
}
