import { JsonText } from '../json-text/index.js';
import { isObject } from './dto-problems.js';
import { KNOWN_BYTES } from './checked-options.js';
import { invalidScript } from './errors.js';
import type { ScriptFields } from './script-request.js';

/** A longer text stays encoded: decoding it, and encoding it again for the runner process, would block other clients. */
const MAX_DECODED_BYTES = 64 * 1024;
/** Maximum size of `options`: the maximum number of names, each of maximum length. */
const MAX_OPTIONS_BYTES = 384 * 1024;
const MAX_OPTIONS_DEPTH = 8;

/**
 * The fields of a payload. Small fields of a `JsonText` are parsed. `code`, `caller`, `globals` and `options` may stay
 * `JsonText`. A field that is too large to be valid becomes an empty object.
 * @returns `undefined` if the payload is not an object
 * @throws DuplexError 1100 if it has too many fields, or too large options
 */
export function fieldsOf(payload: unknown): ScriptFields | undefined {
  if (!(payload instanceof JsonText)) return isObject(payload) ? payload : undefined;
  if (!payload.isObject) return undefined;
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

/** The `id` in the payload of `runtime.cancel`. */
export function idOf(payload: unknown): unknown {
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
