import { bytesOf, jsonParts, type JsonText, type TextParts } from '../json-text/index.js';
import type { DuplexErrorBody } from './errors.js';

/** Clients count 1, 2, 3. Any finite number and any short text is echoed unchanged. */
export type RequestId = number | string;

/** Ids are kept while their request runs, so their length is bounded. */
const MAX_ID_LENGTH = 256;
/** Maximum scalar that is parsed, in bytes of JSON: each character may be an escape of six bytes. */
const MAX_SCALAR_BYTES = 6 * MAX_ID_LENGTH + 2;
/** Maximum `ext` of a request, and maximum error of a reply. */
const MAX_EXT_BYTES = 65_536;
const MAX_EXT_DEPTH = 1000;

export interface Request {
  readonly kind: 'request';
  /** `undefined` for a notification, which gets no reply. */
  readonly id: RequestId | undefined;
  /** `undefined` if it is not a short text; only a later frame of a `more` request may omit it. */
  readonly method: string | undefined;
  readonly payload: JsonText | undefined;
  /** Another frame with this id follows. */
  readonly more: boolean;
  /** JSON text, echoed on every reply. */
  readonly ext: string | undefined;
  /** Why the request is invalid, although it can be answered. */
  readonly invalid: InvalidField | undefined;
}

export interface InvalidField {
  readonly field: 'method' | 'more' | 'ext' | 'payload';
  readonly problem: string;
}

/** A frame that cannot be answered, so its connection is closed. */
export interface Undecodable {
  readonly kind: 'undecodable';
  readonly closeCode: number;
  readonly reason: string;
}

/** A reply of the client to a request from the service. */
export interface Reply {
  readonly kind: 'reply';
  readonly id: unknown;
  readonly payload: JsonText | undefined;
  /** Anything but `undefined` and null means that the request failed. */
  readonly error: unknown;
  /** Another reply to the same request follows. */
  readonly more: boolean;
}

export type Message = Request | Reply | Undecodable;

const NOT_JSON = undecodable(1007, 'frame is not JSON');
const NOT_AN_OBJECT = undecodable(1002, 'frame is not an object');
const TOO_MANY_FIELDS = undecodable(1002, 'frame has more than 64 fields');
const UNKNOWN_TYPE = undecodable(1002, 'type must be req or rep');
const BAD_ID = undecodable(1002, 'id must be a number or short text');

const BAD_METHOD: InvalidField = { field: 'method', problem: 'must be text' };
const BAD_MORE: InvalidField = { field: 'more', problem: 'must be true or false' };
const DEEP_EXT: InvalidField = { field: 'ext', problem: 'is nested too deeply' };
const LARGE_EXT: InvalidField = { field: 'ext', problem: `must have at most ${MAX_EXT_BYTES} bytes` };

/** The field whose own fields are collected, too, when a frame is scanned. */
export const OPENED_FIELD = 'payload';

/**
 * Decodes one frame after the handshake. Never throws, and parses short fields only.
 * @param frame the scanned text; `undefined` if it is not valid JSON
 */
export function decode(frame: JsonText | undefined): Message {
  if (frame === undefined) return NOT_JSON;
  if (!frame.isObject) return NOT_AN_OBJECT;
  if (frame.hasExcess) return TOO_MANY_FIELDS;
  const { fields } = frame;
  const type = scalarOf(fields.get('type'));
  if (type === 'rep') return replyOf(fields);
  if (type !== 'req') return UNKNOWN_TYPE;
  const id = scalarOf(fields.get('id'));
  if (!isRequestId(id)) return BAD_ID;

  const method = scalarOf(fields.get('method'));
  const more = scalarOf(fields.get('more'));
  const ext = present(fields.get('ext'));
  const badExt = extProblem(ext);
  const isMore = more === undefined || more === null || typeof more === 'boolean';
  const invalid =
    (typeof method === 'string' ? undefined : BAD_METHOD) ?? (isMore ? undefined : BAD_MORE) ?? badExt;
  return {
    kind: 'request',
    id: id ?? undefined,
    method: typeof method === 'string' ? method : undefined,
    payload: fields.get(OPENED_FIELD),
    more: more === true,
    ext: badExt === undefined ? ext?.toString() : undefined,
    invalid,
  };
}

function replyOf(fields: ReadonlyMap<string, JsonText>): Reply {
  return {
    kind: 'reply',
    id: scalarOf(fields.get('id')),
    payload: fields.get(OPENED_FIELD),
    error: boundedOf(fields.get('error')),
    more: scalarOf(fields.get('more')) === true,
  };
}

/** Placeholder for a value that is not parsed: an array, an object, a long text. */
const OTHER = Symbol('other');

function scalarOf(text: JsonText | undefined): unknown {
  if (text === undefined) return undefined;
  return text.depth === 0 && text.length <= MAX_SCALAR_BYTES ? text.parse() : OTHER;
}

/** An error from a client; `{}` if it is too large. */
function boundedOf(text: JsonText | undefined): unknown {
  if (text === undefined) return undefined;
  return text.length <= MAX_EXT_BYTES && text.depth <= MAX_EXT_DEPTH ? text.parse() : {};
}

function present(text: JsonText | undefined): JsonText | undefined {
  return text?.depth === 0 && scalarOf(text) === null ? undefined : text;
}

function extProblem(ext: JsonText | undefined): InvalidField | undefined {
  if (ext === undefined) return undefined;
  if (ext.length > MAX_EXT_BYTES) return LARGE_EXT;
  return ext.depth > MAX_EXT_DEPTH ? DEEP_EXT : undefined;
}
/**
 * Encodes a result. `undefined`, functions and symbols become null, since `payload` is required.
 * @throws if JSON cannot represent the payload: cycles, BigInt, nesting deeper than the stack, a throwing `toJSON`
 */
export function encodeResult(
  id: RequestId,
  payload: unknown,
  ext: string | undefined,
  more: boolean,
): string | Buffer {
  return frameOf([
    `{"type":"rep","id":${encodeId(id)},"payload":`,
    ...jsonParts(payload),
    `${more ? ',"more":true' : ''}${extField(ext)}}`,
  ]);
}

/**
 * Encodes a request from the service.
 * @throws as {@link encodeResult}
 */
export function encodeRequest(id: number, method: string, payload: unknown, ext: unknown): string | Buffer {
  const head = `{"type":"req","method":${JSON.stringify(method)},"id":${id}`;
  const tail = `${extField(ext === undefined ? undefined : JSON.stringify(ext))}}`;
  return payload === undefined
    ? `${head}${tail}`
    : frameOf([`${head},"payload":`, ...jsonParts(payload), tail]);
}

/**
 * Encodes an error reply, without `payload`.
 * @throws if JSON cannot represent the data, or code or message have a wrong type
 */
export function encodeError(id: RequestId, error: DuplexErrorBody, ext: string | undefined): string {
  if (!Number.isInteger(error.code) || typeof error.message !== 'string') {
    throw new TypeError('an error needs an integer code and a text message');
  }
  return `{"type":"rep","id":${encodeId(id)},"error":${JSON.stringify(error)}${extField(ext)}}`;
}

/** No client can correlate objects, arrays or booleans. `1e999` is Infinity, which JSON cannot represent. */
function isRequestId(id: unknown): id is RequestId | null | undefined {
  if (typeof id === 'number') return Number.isFinite(id);
  if (typeof id === 'string') return id.length <= MAX_ID_LENGTH;
  return id === undefined || id === null;
}

function encodeId(id: RequestId): string {
  return typeof id === 'number' ? String(id) : JSON.stringify(id);
}

/** A string, or a Buffer if any part is one. */
function frameOf(parts: TextParts): string | Buffer {
  return parts.every((part) => typeof part === 'string') ? parts.join('') : bytesOf(parts);
}

function extField(ext: string | undefined): string {
  return ext === undefined ? '' : `,"ext":${ext}`;
}

function undecodable(closeCode: number, reason: string): Undecodable {
  return { kind: 'undecodable', closeCode, reason };
}
