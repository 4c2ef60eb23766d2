import { plainToInstance } from 'class-transformer';
import { JsonText } from '../json-text/index.js';
import { checkedOptions, isProblems, KNOWN_BYTES } from './checked-options.js';
import { dtoProblems, flat, isObject } from './dto-problems.js';
import { invalidPayload, invalidScript } from './errors.js';
import { type ExecuteRequest, PreparedDto, ScriptDto, type ScriptRequest } from './script.dto.js';

/** A longer text stays encoded: decoding it, and encoding it again for the runner process, would block other clients. */
const MAX_DECODED_BYTES = 64 * 1024;
/** Maximum size of `options`: the maximum number of names, each of maximum length. */
const MAX_OPTIONS_BYTES = 384 * 1024;
const MAX_OPTIONS_DEPTH = 8;

/** The fields of a payload that are used, not validated yet. Other fields are ignored. */
interface ScriptFields {
  readonly script?: unknown;
  readonly code?: unknown;
  readonly language?: unknown;
  readonly globals?: unknown;
  readonly call?: unknown;
  readonly caller?: unknown;
  readonly options?: unknown;
}

/**
 * Validates the payload of `runtime.execute`: a script with its texts, or the id of a prepared script. Takes linear time in the
 * size of the fields.
 * @throws DuplexError 1100 naming at most ten invalid fields
 */
export function executeRequestOf(payload: unknown): ExecuteRequest {
  const fields = fieldsOf(payload);
  return fields.script === undefined || fields.script === null ? scriptOf(fields) : preparedOf(fields);
}

/**
 * Validates the payload of `runtime.prepare`: a script without globals or call. Other fields are ignored.
 * @throws as {@link executeRequestOf}
 */
export function prepareRequestOf(payload: unknown): ScriptRequest {
  const { code, language, caller } = fieldsOf(payload);
  return scriptOf({ code, language, caller });
}

/**
 * The id in the payload of `runtime.cancel`.
 * @throws DuplexError 1100 if there is none
 */
export function cancelledIdOf(payload: unknown): number | string {
  const id = idOf(payload);
  if (typeof id === 'number' || typeof id === 'string') return id;
  throw invalidScript([{ field: 'id', problem: 'must be the id of a request on this connection' }]);
}

function scriptOf(fields: ScriptFields): ScriptDto {
  const usual = usualScriptOf(fields);
  if (usual !== undefined) return usual;
  const { code, language, globals, call, caller, options } = fields;
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

/**
 * What validation makes of nearly every payload, in a tenth of its time; test/unit/runtime/script.pipe.spec.ts compares them.
 * @returns undefined for a payload that may be invalid, has options, or fields that validation changes
 */
function usualScriptOf({
  code,
  language,
  globals,
  call,
  caller,
  options,
}: ScriptFields): ScriptDto | undefined {
  const isUsual =
    typeof code === 'string' &&
    language === undefined &&
    (globals === undefined || (globals instanceof JsonText && globals.isObject)) &&
    (call === undefined || (typeof call === 'string' && call !== '')) &&
    (caller === undefined || (typeof caller === 'string' && caller !== '')) &&
    options === undefined;
  if (!isUsual) return undefined;
  return Object.assign(new ScriptDto(), { code, language, globals: globals ?? {}, call, caller });
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

/**
 * The fields of a payload. Small fields of a `JsonText` are parsed. `code`, `caller`, `globals` and `options` may stay
 * `JsonText`. A field that is too large to be valid becomes an empty object.
 * @throws DuplexError 1100 if the payload is not an object, or has too many fields, or too large options
 */
function fieldsOf(payload: unknown): ScriptFields {
  if (isObject(payload) && !(payload instanceof JsonText)) return payload;
  if (!(payload instanceof JsonText && payload.isObject)) throw invalidPayload();
  if (payload.hasExcess) throw invalidScript([{ field: 'payload', problem: 'must have at most 64 fields' }]);
  const { fields } = payload;
  return {
    script: scalarOf(fields.get('script')),
    code: textOf(fields.get('code')),
    language: scalarOf(fields.get('language')),
    globals: globalsOf(fields.get('globals')),
    call: scalarOf(fields.get('call')),
    caller: textOf(fields.get('caller')),
    options: optionsOf(fields.get('options')),
  };
}

function idOf(payload: unknown): unknown {
  if (payload instanceof JsonText) return scalarOf(payload.fields.get('id'));
  return isObject(payload) ? payload['id'] : undefined;
}

function scalarOf(text: JsonText | undefined): unknown {
  if (text === undefined) return undefined;
  return text.depth === 0 && text.length <= MAX_DECODED_BYTES ? text.parse() : {};
}

function textOf(text: JsonText | undefined): unknown {
  return text?.isString === true && text.length > MAX_DECODED_BYTES ? text : scalarOf(text);
}

function globalsOf(text: JsonText | undefined): unknown {
  if (text?.isObject !== true) return text?.depth === 0 ? scalarOf(text) : text && [];
  // Globals that wait for a runner process must not retain a chunk with other frames of the connection.
  return text.length <= MAX_DECODED_BYTES ? text.detached() : text;
}

function optionsOf(text: JsonText | undefined): unknown {
  if (text === undefined) return undefined;
  if (text.length > MAX_OPTIONS_BYTES)
    throw invalidScript([{ field: 'options', problem: `must have at most ${MAX_OPTIONS_BYTES} bytes` }]);
  if (text.depth > MAX_OPTIONS_DEPTH)
    throw invalidScript([
      { field: 'options', problem: `must be nested at most ${MAX_OPTIONS_DEPTH} levels deep` },
    ]);
  // Short options stay texts, the keys of the cache in `checked-options.ts`.
  return text.isObject && text.length <= KNOWN_BYTES ? text : text.parse();
}
