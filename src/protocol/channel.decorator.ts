import { createParamDecorator } from '@nestjs/common';
import { channelOf } from './duplex-error.filter.js';

/** Injects the {@link Channel} of the request. The handler must still reply by its return value. */
export const CurrentChannel = createParamDecorator((_data: unknown, context) => channelOf(context));
