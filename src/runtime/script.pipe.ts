import { Injectable, type PipeTransform } from '@nestjs/common';
import { executeRequestOf, prepareRequestOf } from './script-request.js';
import type { ExecuteRequest, ScriptRequest } from './script.dto.js';

/** Validates the payload of `runtime.execute`: a script, or the id of a prepared script. */
@Injectable()
export class ScriptPipe implements PipeTransform<unknown, ExecuteRequest> {
  /** @throws DuplexError 1100 naming at most ten invalid fields */
  transform(payload: unknown): ExecuteRequest {
    return executeRequestOf(payload);
  }
}

/** Validates the payload of `runtime.prepare`: a script without globals or call. Other fields are ignored. */
@Injectable()
export class PreparePipe implements PipeTransform<unknown, ScriptRequest> {
  /** @throws DuplexError 1100 naming at most ten invalid fields */
  transform(payload: unknown): ScriptRequest {
    return prepareRequestOf(payload);
  }
}
