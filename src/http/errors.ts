import { PROTOCOL_ERRORS, type CatalogueEntry } from '../protocol/errors.js';

const { forbidden, invalidMessage, unknownMethod } = PROTOCOL_ERRORS;

/** Error of the catalogue for each HTTP status. One error may have several statuses. */
const HTTP_ERRORS = {
  400: invalidMessage,
  401: forbidden,
  403: forbidden,
  404: unknownMethod,
  405: unknownMethod,
  413: invalidMessage,
  415: invalidMessage,
} as const satisfies Record<number, CatalogueEntry>;

export type HttpErrorStatus = keyof typeof HTTP_ERRORS;

/** An HTTP request is refused before its script is read. The message may be shown to the client. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: number;
  constructor(
    readonly status: HttpErrorStatus,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = HTTP_ERRORS[status].code;
  }
}

export function isHttpErrorStatus(status: number): status is HttpErrorStatus {
  return Object.hasOwn(HTTP_ERRORS, status);
}
