import { plainToInstance } from 'class-transformer';
import { JsonText } from '../json-text/index.js';
import { checkedOptions, isProblems } from './checked-options.js';
import { dtoProblems, flat } from './dto-problems.js';
import { invalidScript } from './errors.js';
import { type ExecuteRequest, PreparedDto, ScriptDto } from './script.dto.js';

/** The fields of a payload that are used, not validated yet. Other fields are ignored. */
export interface ScriptFields {
  readonly script?: unknown;
  readonly code?: unknown;
  readonly language?: unknown;
  readonly globals?: unknown;
  readonly call?: unknown;
  readonly caller?: unknown;
  readonly options?: unknown;
}

/**
 * Validates a script with its texts, or the id of a prepared script. Takes linear time in the size of the fields.
 * @throws DuplexError 1100 naming at most ten invalid fields
 */
export function executeRequestOf(fields: ScriptFields): ExecuteRequest {
  return fields.script === undefined || fields.script === null ? scriptOf(fields) : preparedOf(fields);
}

/**
 * Validates a script with its texts.
 * @throws as {@link executeRequestOf}
 */
export function scriptOf({ code, language, globals, call, caller, options }: ScriptFields): ScriptDto {
  const scalars = plainToInstance(ScriptDto, {
    code: flat(code),
    language: flat(language),
    call: flat(call),
    caller: flat(caller),
  });
  // By reference: class-transformer would copy globals key by key, whatever their number and depth.
  return withOptions(
    Object.assign(scalars, { globals: globals ?? {}, ...longTexts({ code, caller }) }),
    options,
  );
}

function preparedOf(fields: ScriptFields): PreparedDto {
  const { script, code, language, globals, call, caller, options } = fields;
  const scalars = plainToInstance(PreparedDto, {
    script: flat(script),
    code: flat(code),
    language: flat(language),
    call: flat(call),
    caller: flat(caller),
  });
  return withOptions(Object.assign(scalars, { globals: globals ?? {} }), options);
}

/** Long texts, which bypass class-transformer. */
function longTexts({ code, caller }: ScriptFields): ScriptFields {
  return {
    ...(code instanceof JsonText && { code }),
    ...(caller instanceof JsonText && { caller }),
  };
}

function withOptions<Dto extends object>(script: Dto, given: unknown): Dto {
  const options = given === undefined || given === null ? undefined : checkedOptions(given);
  const isWrong = options !== undefined && isProblems(options);
  const problems = [...dtoProblems(script), ...(isWrong ? options : [])];
  if (problems.length > 0) throw invalidScript(problems);
  return options === undefined ? script : Object.assign(script, { options });
}
