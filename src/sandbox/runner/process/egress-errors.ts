function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** For a request: the operator has opened no way out. */
export function egressOff(target: string): Error {
  return coded('ERR_EGRESS_OFF', `Egress is off: scripts reach no network here, so not ${target} either`);
}

/** For what no request of HTTP is: there is no other way out. */
export function onlyHttp(target: string): Error {
  return coded(
    'ERR_EGRESS_REFUSED',
    `Egress refused: scripts reach hosts by requests of HTTP, not ${target}`,
  );
}

/** For a connection over which comes what is no request. */
export function noRequest(target: string, problem: string): Error {
  return coded('ERR_EGRESS_INVALID_REQUEST', `no request of HTTP to ${target}: ${problem}`);
}

/** The error of a request that came to nothing. */
export function errorOf({ code, message }: { readonly code: string; readonly message: string }): Error {
  return coded(code, message);
}
