import { createParamDecorator } from '@nestjs/common';
import { channelOf } from './duplex-error.filter.js';

/** Injects the {@link Channel} of the request into its handler, which must leave replying to what it returns. */
export const CurrentChannel = createParamDecorator((_data: unknown, context) => channelOf(context));
