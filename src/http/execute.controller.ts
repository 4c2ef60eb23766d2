import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { invalidScript } from '../runtime/errors.js';
import {
  RuntimeService,
  ScriptPipe,
  type ExecutionWatcher,
  type Result,
  type ExecuteRequest,
} from '../runtime/index.js';
import { EventStream } from './event-stream.js';
import { EXECUTE_PATH } from './paths.js';
import { EVENTS_TYPE, prefersEvents } from './media-type.js';
import { problemOf } from './problem.js';
import { hasRun } from './problem-kinds.js';
import type { Visit } from './visit.js';
import { type Visited, answer, visitOf } from './visited.js';

/** `runtime.execute` for those who want no WebSocket. */
@Controller()
export class ExecuteController {
  constructor(private readonly runtime: RuntimeService) {}

  @Post(EXECUTE_PATH)
  @HttpCode(200)
  async execute(
    @Body(ScriptPipe) script: ExecuteRequest,
    @Req() request: Visited,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = visitOf(request);
    if (prefersEvents(request.headers)) return this.#stream(script, visit, reply);
    answer(reply, visit, await this.#run(script, visit));
  }

  /** Until its script has run, a request is answered as without a stream. */
  async #stream(script: ExecuteRequest, visit: Visit, reply: FastifyReply): Promise<void> {
    const events = new EventStream((stream) => {
      reply.headers({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' });
      void reply.code(200).type(EVENTS_TYPE).send(stream);
    });
    let code: number | undefined;
    try {
      const result = await this.#run(script, visit, {
        console: (line) => events.event('console', line),
        yielded: (value) => events.event('value', value ?? null),
      });
      void events.event('result', result);
    } catch (error) {
      const problem = problemOf(error);
      if (!events.begun && !hasRun(problem.code)) {
        events.destroy();
        throw error;
      }
      code = problem.code;
      void events.event('error', problem);
    }
    events.end();
    if (!visit.takeAnswer(events.readableLength)) reply.raw.destroy();
    visit.settle(code, events.bytes);
  }

  #run(script: ExecuteRequest, visit: Visit, watcher?: ExecutionWatcher): Promise<Result> {
    const { functions = [], keepRunning } = script.options ?? {};
    if (functions.length > 0) {
      throw invalidScript([{ field: 'options.functions', problem: 'can be called over WebSocket only' }]);
    }
    const cancelled = keepRunning === true ? undefined : visit.closed;
    return this.runtime.execute(script, visit.identity.tenant, cancelled, visit, watcher);
  }
}
