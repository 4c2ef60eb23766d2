import { type CodedError, EGRESS_CODES, coded } from '../../boundary/coded-errors.js';

/** The error for a connection that is not for HTTP requests. */
export function onlyHttp(target: string): CodedError {
  return coded(
    new Error(`Egress refused: only HTTP requests are allowed (requested: ${target})`),
    EGRESS_CODES.refused,
  );
}

/** The error for bytes on a connection that are not an HTTP request. */
export function invalidRequest(target: string, problem: string): CodedError {
  return coded(new Error(`invalid HTTP request to ${target}: ${problem}`), EGRESS_CODES.invalid);
}
