import type { ErrorReply } from './reply-errors.js';

/** What the connecting side sends first. */
export const GREETING = 'SIMPLEX/1.0;json';

/** What the service sends: replies, and requests for the functions that scripts were given. */
export type Message =
  | { readonly kind: 'result'; readonly id: unknown; readonly payload: unknown; readonly more: boolean }
  | { readonly kind: 'error'; readonly id: unknown; readonly error: ErrorReply }
  | {
      readonly kind: 'request';
      /** Absent for a notification. */
      readonly id: unknown;
      readonly method: string;
      readonly payload: unknown;
      /** The id of the request whose script calls. */
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

/** Reads a frame; `undefined` for one that is no message. */
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

/** @throws when JSON cannot carry the payload */
export function resultFrame(id: unknown, payload: unknown): string {
  // What JSON leaves out, a function or a symbol, counts as nothing.
  return `{"type":"rep","id":${JSON.stringify(id ?? null)},"payload":${JSON.stringify(payload) ?? 'null'}}`;
}

/** @throws when JSON cannot carry the data */
export function errorFrame(id: unknown, error: ErrorReply): string {
  return JSON.stringify({ type: 'rep', id, error });
}

/** Whether a text has more than so many bytes of UTF-8. */
export function isLonger(text: string, maxBytes: number): boolean {
  // No character takes more than three bytes.
  if (text.length * 3 <= maxBytes) return false;
  return text.length > maxBytes || bytesOf(text) > maxBytes;
}

export function bytesOf(text: string): number {
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
