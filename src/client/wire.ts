import type { ErrorReply } from './reply-errors.js';

/** First frame that the client sends. */
export const HANDSHAKE = 'SIMPLEX/1.0;json';

/** A message from the service: a reply, or a script's call of a host function. */
export type Message =
  | { readonly kind: 'result'; readonly id: unknown; readonly payload: unknown; readonly more: boolean }
  | { readonly kind: 'error'; readonly id: unknown; readonly error: ErrorReply }
  | {
      readonly kind: 'request';
      /** Absent for a notification. */
      readonly id: unknown;
      readonly method: string;
      readonly payload: unknown;
      /** Id of the `runtime.execute` request whose script makes the call. */
      readonly execution: unknown;
    };

interface Fields {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly method?: unknown;
  readonly payload?: unknown;
  readonly error?: unknown;
  readonly more?: unknown;
  readonly ext?: unknown;
}

/** Parses a frame. @returns `undefined` for a malformed frame */
export function decode(frame: string): Message | undefined {
  let fields: Fields | null;
  try {
    fields = JSON.parse(frame) as Fields | null;
  } catch {
    return undefined;
  }
  if (typeof fields !== 'object' || fields === null) return undefined;
  const { type, id, method, payload, error, more, ext } = fields;
  if (type === 'rep') {
    if (error === undefined || error === null) return { kind: 'result', id, payload, more: more === true };
    return { kind: 'error', id, error: errorReplyOf(error) };
  }
  if (type !== 'req' || typeof method !== 'string') return undefined;
  const execution =
    typeof ext === 'object' && ext !== null ? (ext as { execution?: unknown }).execution : undefined;
  return { kind: 'request', id, method, payload, execution };
}

/** @param payload JSON text */
export function requestFrame(id: number, method: string, payload: string): string {
  return `{"type":"req","method":${JSON.stringify(method)},"id":${id},"payload":${payload}}`;
}

/** @throws if the payload cannot be serialized as JSON */
export function resultFrame(id: unknown, payload: unknown): string {
  // `JSON.stringify` returns `undefined` for a function or a symbol.
  return `{"type":"rep","id":${JSON.stringify(id ?? null)},"payload":${JSON.stringify(payload) ?? 'null'}}`;
}

/** @throws if the data cannot be serialized as JSON */
export function errorFrame(id: unknown, error: ErrorReply): string {
  return JSON.stringify({ type: 'rep', id, error });
}

/** Whether the UTF-8 form of a text exceeds `maxBytes`. */
export function exceedsBytes(text: string, maxBytes: number): boolean {
  // A UTF-16 code unit takes at most three bytes of UTF-8.
  if (text.length * 3 <= maxBytes) return false;
  return text.length > maxBytes || byteLength(text) > maxBytes;
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function errorReplyOf(error: unknown): ErrorReply {
  const { code, message, data } = (typeof error === 'object' && error !== null ? error : {}) as Partial<
    Record<keyof ErrorReply, unknown>
  >;
  return {
    code: typeof code === 'number' ? code : 0,
    message:
      typeof message === 'string' ? message : `malformed error from the service: ${JSON.stringify(error)}`,
    ...(data === undefined ? {} : { data }),
  };
}
