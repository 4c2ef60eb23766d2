import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PreparePipe, RuntimeService, type ScriptRequest } from '../runtime/index.js';
import { contextOf, type RequestWithContext } from './in-flight.js';
import { sendResult } from './reply.js';
import { PREPARE_PATH } from './routes.js';

/** `runtime.prepare` over HTTP. */
@Controller()
export class PrepareController {
  constructor(private readonly runtime: RuntimeService) {}

  @Post(PREPARE_PATH)
  @HttpCode(200)
  async prepare(
    @Body(PreparePipe) script: ScriptRequest,
    @Req() request: RequestWithContext,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = contextOf(request);
    const { tenant } = context.identity;
    sendResult(reply, context, await this.runtime.prepare(script, tenant, context.disconnectSignal, context));
  }
}
