/**
 * What runner and gateway say to each other about requests: one letter for what it is, the number of the request,
 * a line feed, and the rest. Bodies are Latin-1 text, a character for each byte.
 */

/** Of the runner. */
export const EGRESS_OPS = {
  /** A request begins: method, URL and headers as JSON. */
  open: 'o',
  /** A part of the body; its end. */
  data: 'd',
  end: 'e',
  /** So many bytes of the response have been read. */
  credit: 'c',
  abort: 'a',
  /** Of the gateway only: the head of the response, and why there is none, both as JSON. */
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

/** Bytes that either side may have sent without having heard that they were taken. */
export const EGRESS_WINDOW_BYTES = 262_144;
/** Longest part of a body. */
export const EGRESS_CHUNK_BYTES = 65_536;

const MAX_ID = 999_999_999;

/** Longest text about a request, in bytes of UTF-8: its URL and headers, which have far fewer, decide. */
export const EGRESS_TEXT_BYTES = 262_144;

export function egressText(op: EgressOp, id: number, body: string): string {
  return `${EGRESS_OPS[op]}${id}\n${body}`;
}

/** @returns undefined for what is no such text */
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

/** What a runner may say. */
export function parseRunnersEgress(text: string): EgressFrame | undefined {
  const frame = parseEgressText(text);
  if (frame === undefined || !OF_RUNNER.has(frame.op)) return undefined;
  const { op, body } = frame;
  if ((op === 'end' || op === 'abort') && body !== '') return undefined;
  if (op === 'data' && (body === '' || body.length > EGRESS_CHUNK_BYTES)) return undefined;
  return op === 'credit' && !/^[1-9]\d{0,8}$/.test(body) ? undefined : frame;
}
