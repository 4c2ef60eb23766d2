import { Injectable, type PipeTransform } from '@nestjs/common';
import { fieldsOf } from './payload-fields.js';
import type { ScriptRequest } from './script.dto.js';
import { ScriptPipe } from './script.pipe.js';

/** Makes the payload of `runtime.prepare` a script without globals or a call; other fields are ignored. */
@Injectable()
export class PreparePipe implements PipeTransform<unknown, ScriptRequest> {
  readonly #scripts = new ScriptPipe();

  /** @throws DuplexError 1100 with every field that is wrong */
  transform(payload: unknown): ScriptRequest {
    const fields = fieldsOf(payload);
    if (fields === undefined) return this.#scripts.whole(payload);
    const { code, language, caller } = fields;
    return this.#scripts.whole({ code, language, caller });
  }
}
