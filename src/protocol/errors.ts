/** The wire form of an error: `code` an integer and `message` text, always both (Go clients decode into int and string). */
export interface DuplexErrorBody {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** The only exception the wire knows: anything else is answered as `internal`, with no text of it. */
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

/** One entry of an error catalogue; `when` is the sentence that PROTOCOL.md prints. */
export interface CatalogueEntry {
  readonly code: number;
  readonly message: string;
  readonly when: string;
}

export const PROTOCOL_ERRORS = {
  unknownMethod: {
    code: 1101,
    message: 'Unknown method',
    when: 'The request names a method that the service does not have.',
  },
  invalidMessage: {
    code: 1102,
    message: 'Invalid message',
    when: 'The frame has an id but is not a valid request; data says which field is wrong.',
  },
  forbidden: {
    code: 1103,
    message: 'Forbidden',
    when: 'The client’s secret is one no more, or a guard of an application refused the request.',
  },
  shuttingDown: {
    code: 1202,
    message: 'Shutting down',
    when: 'The service is stopping and takes no new requests.',
  },
  internal: {
    code: 1203,
    message: 'Internal',
    when: 'Anything else. Logged whole, answered with no detail.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** Makes the error of a catalogue entry. */
export function errorOf(entry: CatalogueEntry, data?: unknown): DuplexError {
  return new DuplexError(entry.code, entry.message, data);
}
