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
import { contextOf, type RequestContext, type RequestWithContext } from './in-flight.js';
import { EVENTS_TYPE, prefersEvents } from './media-type.js';
import { problemOf } from './problem.js';
import { hasRun } from './problem-types.js';
import { sendResult } from './reply.js';
import { EXECUTE_PATH } from './routes.js';

/** `runtime.execute` over HTTP. */
@Controller()
export class ExecuteController {
  constructor(private readonly runtime: RuntimeService) {}

  @Post(EXECUTE_PATH)
  @HttpCode(200)
  async execute(
    @Body(ScriptPipe) script: ExecuteRequest,
    @Req() request: RequestWithContext,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = contextOf(request);
    if (prefersEvents(request.headers)) return this.#stream(script, context, reply);
    sendResult(reply, context, await this.#run(script, context));
  }

  /** Streams the execution as server-sent events. If nothing ran, the response is a problem without a stream. */
  async #stream(script: ExecuteRequest, context: RequestContext, reply: FastifyReply): Promise<void> {
    const onStart = (stream: EventStream): void => {
      reply.headers({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' });
      void reply.code(200).type(EVENTS_TYPE).send(stream);
    };
    const events = new EventStream(onStart, (bytes) => context.reserveResponse(bytes));
    let code: number | undefined;
    try {
      const result = await this.#run(script, context, {
        console: (line) => events.event('console', line),
        yielded: (value) => events.event('value', value ?? null),
      });
      void events.event('result', result);
    } catch (error) {
      const problem = problemOf(error);
      if (!events.started && !hasRun(problem.code)) {
        events.destroy();
        throw error;
      }
      code = problem.code;
      void events.event('error', problem);
    }
    events.end();
    context.settle(code, events.bytes);
  }

  #run(script: ExecuteRequest, context: RequestContext, watcher?: ExecutionWatcher): Promise<Result> {
    const { functions = [], keepRunning } = script.options ?? {};
    if (functions.length > 0) {
      throw invalidScript([
        { field: 'options.functions', problem: 'is not supported over HTTP: use a WebSocket' },
      ]);
    }
    const cancelled = keepRunning === true ? undefined : context.disconnectSignal;
    return this.runtime.execute(script, context.identity.tenant, cancelled, context, watcher);
  }
}
