import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalidPayload } from './errors.js';
import { fieldsOf } from './payload-fields.js';
import { executeRequestOf } from './script-request.js';
import type { ExecuteRequest } from './script.dto.js';

/** Makes a payload a script, or the name of a prepared one, or says what is wrong with it. */
@Injectable()
export class ScriptPipe implements PipeTransform<unknown, ExecuteRequest> {
  /** @throws DuplexError 1100 naming at most ten fields */
  transform(payload: unknown): ExecuteRequest {
    const fields = fieldsOf(payload);
    if (fields === undefined) throw invalidPayload();
    return executeRequestOf(fields);
  }
}
