import { Injectable, type PipeTransform } from '@nestjs/common';
import { isObject } from './dto-problems.js';
import { invalidPayload } from './errors.js';
import { scriptOf } from './script-request.js';
import type { ScriptRequest } from './script.dto.js';

/** Makes the payload of `runtime.prepare` a script without globals or a call; other fields are ignored. */
@Injectable()
export class PreparePipe implements PipeTransform<unknown, ScriptRequest> {
  /** @throws DuplexError 1100 naming at most ten fields */
  transform(payload: unknown): ScriptRequest {
    if (!isObject(payload)) throw invalidPayload();
    const { code, language, caller } = payload;
    return scriptOf({ code, language, caller });
  }
}
