/**
 * Messages between runner and gateway about requests: one letter for the kind, the number of the request, a line feed, and the
 * rest. Bodies are Latin-1 text, one character a byte.
 */

/** The kinds of messages, of the runner unless stated otherwise. */
export const EGRESS_OPS = {
  /** A request begins: method, URL and headers as JSON. */
  open: 'o',
  /** A part of a body; its end. Both sides send these. */
  data: 'd',
  end: 'e',
  /** Number of bytes of a body that were read: the other side may send as many more. Both sides send it. */
  credit: 'c',
  abort: 'a',
  /** Of the gateway only: the head of the response, or why there is none, as JSON. */
  head: 'h',
  fault: 'f',
} as const;

export type EgressOp = keyof typeof EGRESS_OPS;

const OF_RUNNER: ReadonlySet<EgressOp> = new Set(['open', 'data', 'end', 'credit', 'abort']);

export interface EgressFrame {
  readonly op: EgressOp;
  readonly id: number;
  readonly body: string;
}

/** Bytes of a body that either side may send before it gets a credit. */
export const EGRESS_WINDOW_BYTES = 262_144;
/** Bytes in the largest part of a body. */
export const EGRESS_CHUNK_BYTES = 65_536;

const MAX_ID = 999_999_999;

/** Bytes of UTF-8 in the largest message, which is one with a URL and headers. */
export const EGRESS_TEXT_BYTES = 262_144;

export function egressText(op: EgressOp, id: number, body: string): string {
  return `${EGRESS_OPS[op]}${id}\n${body}`;
}

/** @returns undefined for an invalid text */
export function parseEgressText(text: string): EgressFrame | undefined {
  const end = text.indexOf('\n');
  const id = text.slice(1, end);
  if (end < 2 || end > 10 || !/^\d+$/.test(id) || Number(id) > MAX_ID) return undefined;
  for (const op in EGRESS_OPS) {
    if (EGRESS_OPS[op as EgressOp] === text[0])
      return { op: op as EgressOp, id: Number(id), body: text.slice(end + 1) };
  }
  return undefined;
}

/** Parses a text of a runner. @returns undefined for one that a runner may not send */
export function parseRunnersEgress(text: string): EgressFrame | undefined {
  const frame = parseEgressText(text);
  if (frame === undefined || !OF_RUNNER.has(frame.op)) return undefined;
  const { op, body } = frame;
  if ((op === 'end' || op === 'abort') && body !== '') return undefined;
  if (op === 'data' && (body === '' || body.length > EGRESS_CHUNK_BYTES)) return undefined;
  return op === 'credit' && !/^[1-9]\d{0,8}$/.test(body) ? undefined : frame;
}
