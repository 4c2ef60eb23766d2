import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PreparePipe, RuntimeService, type ScriptRequest } from '../runtime/index.js';
import { PREPARE_PATH } from './paths.js';
import type { Visited } from './visited.js';

/** `runtime.prepare` for those who want no WebSocket. */
@Controller()
export class PrepareController {
  constructor(private readonly runtime: RuntimeService) {}

  @Post(PREPARE_PATH)
  @HttpCode(200)
  async prepare(
    @Body(PreparePipe) script: ScriptRequest,
    @Req() { visit }: Visited,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (visit === undefined) throw new Error('the request did not come through the gate');
    const prepared = await this.runtime.prepare(script, visit.identity.tenant, visit.closed);
    const body = Buffer.from(JSON.stringify(prepared));
    void reply.code(200).type('application/json').send(body);
    visit.settle(undefined, body.length);
  }
}
