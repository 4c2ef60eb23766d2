import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PreparePipe, RuntimeService, type ScriptRequest } from '../runtime/index.js';
import { PREPARE_PATH } from './paths.js';
import { type Visited, answer, visitOf } from './visited.js';

/** `runtime.prepare` for those who want no WebSocket. */
@Controller()
export class PrepareController {
  constructor(private readonly runtime: RuntimeService) {}

  @Post(PREPARE_PATH)
  @HttpCode(200)
  async prepare(
    @Body(PreparePipe) script: ScriptRequest,
    @Req() request: Visited,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = visitOf(request);
    answer(reply, visit, await this.runtime.prepare(script, visit.identity.tenant, visit.closed, visit));
  }
}
