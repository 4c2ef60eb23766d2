import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalidPayload } from './errors.js';
import { fieldsOf } from './payload-fields.js';
import { executeRequestOf } from './script-request.js';
import type { ExecuteRequest } from './script.dto.js';

/** Validates the payload of `runtime.execute`: a script, or the id of a prepared script. */
@Injectable()
export class ScriptPipe implements PipeTransform<unknown, ExecuteRequest> {
  /** @throws DuplexError 1100 naming at most ten invalid fields */
  transform(payload: unknown): ExecuteRequest {
    const fields = fieldsOf(payload);
    if (fields === undefined) throw invalidPayload();
    return executeRequestOf(fields);
  }
}
