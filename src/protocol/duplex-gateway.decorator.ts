import { UseFilters, applyDecorators } from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import { DuplexErrorFilter } from './duplex-error.filter.js';

/** Marks a class whose `@SubscribeMessage('<method>')` handlers handle Duplex requests. */
export function DuplexGateway(path = '/'): ClassDecorator {
  return applyDecorators(WebSocketGateway({ path }), UseFilters(DuplexErrorFilter));
}
