import type { DuplexErrorBody } from './errors.js';

/** Clients count 1, 2, 3; any finite number and any short text is echoed as it came. */
export type RequestId = number | string;

/** Ids are kept while their request runs, so their size is bounded. */
const MAX_ID_LENGTH = 256;

export interface Request {
  readonly kind: 'request';
  /** `undefined`: a notification, which is never answered. */
  readonly id: RequestId | undefined;
  /** `undefined` when it is no text; only a later frame of a `more` request may lack it. */
  readonly method: string | undefined;
  readonly payload: unknown;
  /** Another frame with this id follows. */
  readonly more: boolean;
  /** JSON text, echoed on every reply. */
  readonly ext: string | undefined;
  /** What makes the request unusable, though it can be answered. */
  readonly invalid: InvalidField | undefined;
}

export interface InvalidField {
  readonly field: 'method' | 'more' | 'ext';
  readonly problem: string;
}

/** A frame that nobody can be answered about: its connection is closed. */
export interface Undecodable {
  readonly kind: 'undecodable';
  readonly closeCode: number;
  readonly reason: string;
}

/** Of the client, to a request of ours. */
export interface Reply {
  readonly kind: 'reply';
  readonly id: unknown;
  readonly payload: unknown;
  /** Anything but `undefined` and null says that the request failed. */
  readonly error: unknown;
  /** Another reply to the same request follows. */
  readonly more: boolean;
}

export type Message = Request | Reply | Undecodable;

interface Fields {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly method?: unknown;
  readonly payload?: unknown;
  readonly error?: unknown;
  readonly more?: unknown;
  readonly ext?: unknown;
}

const NOT_JSON = undecodable(1007, 'frame is not JSON');
const NOT_AN_OBJECT = undecodable(1002, 'frame is not an object');
const UNKNOWN_TYPE = undecodable(1002, 'type must be req or rep');
const BAD_ID = undecodable(1002, 'id must be a number or short text');

const BAD_METHOD: InvalidField = { field: 'method', problem: 'must be text' };
const BAD_MORE: InvalidField = { field: 'more', problem: 'must be true or false' };
const BAD_EXT: InvalidField = { field: 'ext', problem: 'is nested too deeply' };

/** Reads one frame after the handshake. Never throws. */
export function decode(frame: string): Message {
  let fields: Fields;
  try {
    fields = JSON.parse(frame);
  } catch {
    return NOT_JSON;
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return NOT_AN_OBJECT;

  const { type, id, method, more, ext } = fields;
  if (type === 'rep')
    return { kind: 'reply', id, payload: fields.payload, error: fields.error, more: more === true };
  if (type !== 'req') return UNKNOWN_TYPE;
  if (!isRequestId(id)) return BAD_ID;

  let invalid: InvalidField | undefined;
  if (typeof method !== 'string') invalid = BAD_METHOD;
  if (more !== undefined && more !== null && typeof more !== 'boolean') invalid ??= BAD_MORE;
  let extText: string | undefined;
  if (ext !== undefined && ext !== null) {
    extText = encodeExt(ext);
    if (extText === undefined) invalid ??= BAD_EXT;
  }
  return {
    kind: 'request',
    id: id ?? undefined,
    method: typeof method === 'string' ? method : undefined,
    payload: fields.payload,
    more: more === true,
    ext: extText,
    invalid,
  };
}

/**
 * A result as its frame; `undefined`, functions and symbols become null, since `payload` must be there.
 * @throws when JSON cannot carry the payload: cycles, BigInt, nesting deeper than the stack, a throwing `toJSON`.
 */
export function encodeResult(
  id: RequestId,
  payload: unknown,
  ext: string | undefined,
  more: boolean,
): string {
  // JSON.stringify's declared type forgets that it may give undefined.
  const payloadText = (JSON.stringify(payload) as string | undefined) ?? 'null';
  return `{"type":"rep","id":${encodeId(id)},"payload":${payloadText}${more ? ',"more":true' : ''}${extField(ext)}}`;
}

/**
 * A request of ours as its frame.
 * @throws as {@link encodeResult}
 */
export function encodeRequest(id: number, method: string, payload: unknown, ext: unknown): string {
  return JSON.stringify({ type: 'req', method, id, payload, ext });
}

/**
 * An error reply as its frame, with no `payload` key.
 * @throws when JSON cannot carry the error's data, or its code and message are not of their types.
 */
export function encodeError(id: RequestId, error: DuplexErrorBody, ext: string | undefined): string {
  if (!Number.isInteger(error.code) || typeof error.message !== 'string') {
    throw new TypeError('an error needs an integer code and a text message');
  }
  return `{"type":"rep","id":${encodeId(id)},"error":${JSON.stringify(error)}${extField(ext)}}`;
}

/** Objects, arrays and booleans cannot be correlated by any client; 1e999 is Infinity, which JSON cannot echo. */
function isRequestId(id: unknown): id is RequestId | null | undefined {
  if (typeof id === 'number') return Number.isFinite(id);
  if (typeof id === 'string') return id.length <= MAX_ID_LENGTH;
  return id === undefined || id === null;
}

function encodeId(id: RequestId): string {
  return typeof id === 'number' ? String(id) : JSON.stringify(id);
}

function encodeExt(ext: unknown): string | undefined {
  try {
    return JSON.stringify(ext);
  } catch {
    // JSON.parse reads any depth, JSON.stringify is recursive.
    return undefined;
  }
}

function extField(ext: string | undefined): string {
  return ext === undefined ? '' : `,"ext":${ext}`;
}

function undecodable(closeCode: number, reason: string): Undecodable {
  return { kind: 'undecodable', closeCode, reason };
}
