import {
  type ArgumentsHost,
  Catch,
  createParamDecorator,
  type ExceptionFilter,
  HttpException,
  HttpStatus,
} from '@nestjs/common';
import { WsException } from '@nestjs/websockets';
import { Channel } from './channel.js';
import { PROTOCOL_ERRORS, errorOf } from './errors.js';

/** Nest's handler arguments: client, payload, what the adapter adds (the channel), pattern. */
const CHANNEL_INDEX = 2;

/** The message of Nest's exception for a failed guard. */
const GUARD_REFUSAL = 'Forbidden resource';

/** The channel of the current request, for guards, pipes, interceptors and filters. */
export function channelOf(host: ArgumentsHost): Channel {
  const channel: unknown = host.getArgByIndex(CHANNEL_INDEX);
  if (channel instanceof Channel) return channel;
  throw new TypeError('not a request of the DuplexAdapter');
}

/** Injects the {@link Channel} of the request. The handler must still reply by its return value. */
export const CurrentChannel = createParamDecorator((_data: unknown, context) => channelOf(context));

/** Converts any exception into an error reply. Every gateway needs it, since Nest's global filters skip gateways. */
@Catch()
export class DuplexErrorFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    // The adapter logs any other exception and answers it as internal.
    channelOf(host).fail(translate(exception));
  }
}

/** Maps Nest's exceptions to catalogue entries; others are passed through. */
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
