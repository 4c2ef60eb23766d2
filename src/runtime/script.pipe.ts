import { Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { JsonText } from '../json-text/index.js';
import { dtoProblems } from './dto-problems.js';
import { invalidScript } from './errors.js';
import { fieldsOf, isObject } from './payload-fields.js';
import { optionsProblems } from './options-problems.js';
import { type ExecuteRequest, PreparedDto, ScriptDto } from './script.dto.js';

type Payload = Readonly<Record<string, unknown>>;

/** Makes a payload a script, or the name of a prepared one, or says what is wrong with it. */
@Injectable()
export class ScriptPipe implements PipeTransform<unknown, ExecuteRequest> {
  /** @throws DuplexError 1100 with every field that is wrong */
  transform(payload: unknown): ExecuteRequest {
    const fields = fieldsOf(payload);
    if (fields?.['script'] !== undefined && fields['script'] !== null) return this.#prepared(fields);
    return this.whole(fields);
  }

  /**
   * A script with its texts.
   * @throws DuplexError 1100 with every field that is wrong
   */
  whole(payload: unknown): ScriptDto {
    if (!isObject(payload)) {
      throw invalidScript([
        { field: 'payload', problem: 'must be an object with at least the field "code"' },
      ]);
    }
    const { code, language, globals, call, caller, options } = payload;
    const scalars = plainToInstance(ScriptDto, {
      code: flat(code),
      language: flat(language),
      call: flat(call),
      caller: flat(caller),
    });
    // By reference: class-transformer would copy globals key by key, however many and however deep they are.
    const script: ScriptDto = Object.assign(scalars, {
      globals: globals ?? {},
      ...longTexts({ code, caller }),
    });
    return withOptions(script, options);
  }

  #prepared({ script, code, language, globals, call, caller, options }: Payload): PreparedDto {
    const scalars = plainToInstance(PreparedDto, {
      script: flat(script),
      code: flat(code),
      language: flat(language),
      call: flat(call),
      caller: flat(caller),
    });
    return withOptions(Object.assign(scalars, { globals: globals ?? {} }), options);
  }
}

function withOptions<Dto extends object>(script: Dto, options: unknown): Dto {
  const problems = [...dtoProblems(script), ...(hasNoOptions(options) ? [] : optionsProblems(options))];
  if (problems.length > 0) throw invalidScript(problems);
  if (!hasNoOptions(options)) return Object.assign(script, { options });
  return script;
}

function hasNoOptions(options: unknown): options is null | undefined {
  return options === undefined || options === null;
}

/** Texts that class-transformer has not seen: it would copy them. */
function longTexts(texts: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text instanceof JsonText));
}

/** class-transformer walks what it is given and would overflow the stack on a deep value, so it gets no depth. */
function flat(value: unknown): unknown {
  if (value instanceof JsonText) return '';
  return typeof value === 'object' && value !== null ? {} : value;
}
