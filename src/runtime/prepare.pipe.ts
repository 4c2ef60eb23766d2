import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalidPayload } from './errors.js';
import { fieldsOf } from './payload-fields.js';
import { scriptOf } from './script-request.js';
import type { ScriptRequest } from './script.dto.js';

/** Validates the payload of `runtime.prepare`: a script without globals or call. Other fields are ignored. */
@Injectable()
export class PreparePipe implements PipeTransform<unknown, ScriptRequest> {
  /** @throws DuplexError 1100 naming at most ten invalid fields */
  transform(payload: unknown): ScriptRequest {
    const fields = fieldsOf(payload);
    if (fields === undefined) throw invalidPayload();
    const { code, language, caller } = fields;
    return scriptOf({ code, language, caller });
  }
}
