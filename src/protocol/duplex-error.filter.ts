import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, HttpStatus } from '@nestjs/common';
import { WsException } from '@nestjs/websockets';
import { Channel } from './channel.js';
import { PROTOCOL_ERRORS, errorOf } from './errors.js';

/** Nest calls a handler with the client, the payload, what the adapter adds (our channel), and the pattern. */
const CHANNEL_INDEX = 2;

/** What Nest throws when a guard says no. */
const GUARD_REFUSAL = 'Forbidden resource';

/** The channel of the request that a guard, pipe, interceptor or filter is looking at. */
export function channelOf(host: ArgumentsHost): Channel {
  const channel: unknown = host.getArgByIndex(CHANNEL_INDEX);
  if (channel instanceof Channel) return channel;
  throw new TypeError('not a request of the DuplexAdapter');
}

/** Makes whatever was thrown an error reply. Every gateway needs it: Nest's global filters do not reach gateways. */
@Catch()
export class DuplexErrorFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    // Anything the wire does not know is logged by the adapter, and answered as internal.
    channelOf(host).fail(translate(exception));
  }
}

/** Gives Nest's own refusals their entry in the catalogue; the rest stays as it is. */
function translate(exception: unknown): unknown {
  if (exception instanceof WsException && exception.getError() === GUARD_REFUSAL) {
    return errorOf(PROTOCOL_ERRORS.forbidden);
  }
  if (!(exception instanceof HttpException)) return exception;
  switch (exception.getStatus() as HttpStatus) {
    case HttpStatus.UNAUTHORIZED:
    case HttpStatus.FORBIDDEN:
      return errorOf(PROTOCOL_ERRORS.forbidden);
    case HttpStatus.BAD_REQUEST:
    case HttpStatus.UNPROCESSABLE_ENTITY:
      return errorOf(PROTOCOL_ERRORS.invalidMessage, { field: 'payload', problem: exception.message });
    default:
      return exception;
  }
}
