import { EgressFault, passed } from './errors.js';

/** Certificates and TLS: Node's own words, in which there is nothing but names. */
const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_|EPROTO)/;
const DNS_CODE = /^(?:ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/;
const SYSTEM_CODE = /^E[A-Z0-9]+$/;

/**
 * What a script is told of an error of the connection: Node's code, and words in which there is no address of this
 * network and nothing of what the operator has added.
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
      return passed(`${at} sent no response in the time that EGRESS_RESPONSE_TIMEOUT gives it`);
    case 'UND_ERR_BODY_TIMEOUT':
      return passed(`the response of ${at} took longer than EGRESS_TIMEOUT`);
    case 'UND_ERR_HEADERS_OVERFLOW':
      return new EgressFault('HPE_HEADER_OVERFLOW', `the headers that ${at} sent are too large`);
    case 'UND_ERR_SOCKET':
      return new EgressFault('ECONNRESET', `${at} closed the connection`);
    case 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH':
      return new EgressFault(code, `the body for ${at} is not as long as its content-length says`);
    default:
      // llhttp's, of a response that is none.
      return code.startsWith('HPE_')
        ? new EgressFault(code, `Parse Error: ${at} sent no HTTP`)
        : new EgressFault(code, `the request to ${at} failed (${code})`);
  }
}
