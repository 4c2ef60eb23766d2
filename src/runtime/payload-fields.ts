import { JsonText } from '../json-text/index.js';
import { isObject } from './dto-problems.js';
import { KNOWN_BYTES } from './checked-options.js';
import { invalidScript } from './errors.js';
import type { ScriptFields } from './script-request.js';

/** A longer text stays as it came: to decode it, and to encode it for the runner process, would keep others waiting. */
const MAX_DECODED_BYTES = 64 * 1024;
/** Largest `options`: all names that it may have, each as long as it may be. Nothing in it has more levels. */
const MAX_OPTIONS_BYTES = 384 * 1024;
const MAX_OPTIONS_DEPTH = 8;

/**
 * The fields of a payload. Those of a `JsonText` are values where they are small; `code`, `caller`, `globals` and `options` may
 * stay texts, and what is larger than any value of its field can be comes as an empty object.
 * @returns `undefined` where the payload is not an object
 * @throws DuplexError 1100 where it has too many fields, or too large options
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

/** The `id` of a payload that names a request. */
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
  // What waits for a runner process must not keep a chunk of the connection in memory that has other frames, too.
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
  // Short ones stay texts, by which they are known again: see `checked-options.ts`.
  return text.isObject && text.length <= KNOWN_BYTES ? text : text.parse();
}
