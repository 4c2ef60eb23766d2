import { EgressFault, limitExceeded } from './errors.js';

/** Certificates and TLS: Node's messages contain only names, so scripts may see them. */
const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_|EPROTO)/;
const DNS_CODE = /^(?:ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/;
const SYSTEM_CODE = /^E[A-Z0-9]+$/;

/**
 * Converts a connection error for the script: Node's code, and a message without addresses of this network and without
 * anything that the operator added.
 * @param at host and port
 */
export function faultOf(error: unknown, at: string): EgressFault {
  if (error instanceof EgressFault) return error;
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const { code, message } = (typeof inner === 'object' && inner !== null ? inner : {}) as {
    code?: unknown;
    message?: unknown;
  };
  if (typeof code !== 'string') return new EgressFault('ECONNRESET', `the request to ${at} failed`);
  if (TLS_CODE.test(code)) return new EgressFault(code, typeof message === 'string' ? message.trim() : code);
  if (DNS_CODE.test(code)) return new EgressFault(code, `getaddrinfo ${code} ${at.replace(/:\d+$/, '')}`);
  if (SYSTEM_CODE.test(code))
    return new EgressFault(code, `${code === 'ECONNRESET' ? 'read' : 'connect'} ${code} ${at}`);
  return ofUndici(code, at);
}

function ofUndici(code: string, at: string): EgressFault {
  switch (code) {
    case 'UND_ERR_HEADERS_TIMEOUT':
      return limitExceeded(`${at} sent no response within EGRESS_RESPONSE_TIMEOUT`);
    case 'UND_ERR_BODY_TIMEOUT':
      return limitExceeded(`the response from ${at} took longer than EGRESS_TIMEOUT`);
    case 'UND_ERR_HEADERS_OVERFLOW':
      return new EgressFault('HPE_HEADER_OVERFLOW', `the response headers from ${at} are too large`);
    case 'UND_ERR_SOCKET':
      return new EgressFault('ECONNRESET', `${at} closed the connection`);
    case 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH':
      return new EgressFault(code, `the request body for ${at} does not match its content-length`);
    default:
      // From llhttp: the response is not valid HTTP.
      return code.startsWith('HPE_')
        ? new EgressFault(code, `Parse Error: the response from ${at} is not valid HTTP`)
        : new EgressFault(code, `the request to ${at} failed (${code})`);
  }
}
