import { type CodedError, coded } from '../../boundary/module-errors.js';

/** For what no request of HTTP is: there is no other way out. */
export function onlyHttp(target: string): CodedError {
  return coded(
    new Error(`Egress refused: scripts reach hosts by requests of HTTP, not ${target}`),
    'ERR_EGRESS_REFUSED',
  );
}

/** For a connection over which comes what is no request. */
export function noRequest(target: string, problem: string): CodedError {
  return coded(new Error(`no request of HTTP to ${target}: ${problem}`), 'ERR_EGRESS_INVALID_REQUEST');
}

/** The error of a request that came to nothing. */
export function errorOf({ code, message }: { readonly code: string; readonly message: string }): CodedError {
  return coded(new Error(message), code);
}
