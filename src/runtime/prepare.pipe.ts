import { Injectable, type PipeTransform } from '@nestjs/common';
import { isObject } from './dto-problems.js';
import type { ScriptRequest } from './script.dto.js';
import { ScriptPipe } from './script.pipe.js';

/** Makes the payload of `runtime.prepare` a script without globals or a call; other fields are ignored. */
@Injectable()
export class PreparePipe implements PipeTransform<unknown, ScriptRequest> {
  readonly #scripts = new ScriptPipe();

  /** @throws DuplexError 1100 with every field that is wrong */
  transform(payload: unknown): ScriptRequest {
    if (!isObject(payload)) return this.#scripts.whole(payload);
    const { code, language, caller } = payload;
    return this.#scripts.whole({ code, language, caller });
  }
}
