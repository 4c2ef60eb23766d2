import { PROTOCOL_ERRORS, type CatalogueEntry } from '../protocol/errors.js';

const { forbidden, invalidMessage, unknownMethod } = PROTOCOL_ERRORS;

/** Which error of the catalogue a refusal is: each of them has several statuses of HTTP. */
const REFUSALS = {
  400: invalidMessage,
  401: forbidden,
  403: forbidden,
  404: unknownMethod,
  405: unknownMethod,
  413: invalidMessage,
  415: invalidMessage,
} as const satisfies Record<number, CatalogueEntry>;

export type RefusalStatus = keyof typeof REFUSALS;

/** A request that is refused for what it is as an HTTP request; no script was read. The message may be shown. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly code: number;
  constructor(
    readonly status: RefusalStatus,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = REFUSALS[status].code;
  }
}

export function isRefusalStatus(status: number): status is RefusalStatus {
  return Object.hasOwn(REFUSALS, status);
}
