/** An error on the wire: always an integer `code` and a text `message`, since Go clients decode into int and string. */
export interface DuplexErrorBody {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** The only exception that clients see. Any other exception is answered as `internal`, without its text. */
export class DuplexError extends Error {
  override readonly name = 'DuplexError';
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }

  toJSON(): DuplexErrorBody {
    return this.data === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, data: this.data };
  }
}

/**
 * One entry of an error catalogue: everything about one error code. `node build/error-tables.mjs` writes the tables of
 * PROTOCOL.md and docs/http.md from it, and tests compare it with the client and with docs/client.md.
 */
export interface CatalogueEntry {
  readonly code: number;
  readonly message: string;
  /** The sentence in PROTOCOL.md. */
  readonly when: string;
  /** Whether the script ran. With 1203, it may have. */
  readonly hasRun: boolean;
  /** The problem details (RFC 9457) over HTTP. */
  readonly http: {
    readonly status: number;
    /** Defaults to `message`. */
    readonly title?: string;
    /** The sentence for an error without details. */
    readonly detail: string;
  };
  /** Name of the class in `javascriptd/client`, which imports nothing of the service. */
  readonly clientClass: string;
}

export const PROTOCOL_ERRORS = {
  unknownMethod: {
    code: 1101,
    message: 'Unknown method',
    when: 'The service does not have the requested method.',
    hasRun: false,
    http: { status: 404, detail: 'Not found.' },
    clientClass: 'RejectedError',
  },
  invalidMessage: {
    code: 1102,
    message: 'Invalid message',
    when: 'The frame has an id but is not a valid request. Data is `{field, problem}`.',
    hasRun: false,
    http: { status: 400, detail: 'The body is not valid JSON.' },
    clientClass: 'RejectedError',
  },
  forbidden: {
    code: 1103,
    message: 'Forbidden',
    when: 'The client’s secret was revoked, or a guard of the application refused the request.',
    hasRun: false,
    http: { status: 403, detail: 'The request was refused.' },
    clientClass: 'RejectedError',
  },
  shuttingDown: {
    code: 1202,
    message: 'Shutting down',
    when: 'The service is shutting down and accepts no new requests.',
    hasRun: false,
    http: { status: 503, detail: 'The service is shutting down. Nothing ran.' },
    clientClass: 'ShuttingDownError',
  },
  internal: {
    code: 1203,
    message: 'Internal',
    when: 'Any other error. Details are logged, not sent.',
    hasRun: false,
    http: { status: 500, detail: 'Internal error of the service.' },
    clientClass: 'InternalError',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** Creates the error of a catalogue entry. */
export function errorOf(entry: Pick<CatalogueEntry, 'code' | 'message'>, data?: unknown): DuplexError {
  return new DuplexError(entry.code, entry.message, data);
}
