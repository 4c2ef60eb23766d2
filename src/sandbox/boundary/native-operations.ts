/**
 * Calls of Node's own functions. A call is the name of an operation, a JSON array of its arguments, and their bytes, which the
 * context lends (`lent-operations.ts`). A reply is JSON. The runner keeps its bytes until the context takes them, at once.
 */

/** A JSON value; an array is a tagged value, whose first element is its {@link Tag}. */
export type Wire = null | boolean | number | string | readonly [tag: Tag, ...rest: unknown[]] | WireObject;
export interface WireObject {
  readonly [key: string]: Wire;
}

export type Tag = (typeof TAG)[keyof typeof TAG];

export const TAG = {
  /** (...items) */
  array: 'a',
  undefined: 'u',
  /** (text): NaN, Infinity, -Infinity or -0. */
  number: 'n',
  /** (decimal text) */
  bigint: 'i',
  /** (offset, length, {@link BytesKind}) in the call's or the reply's bytes; of a call, only an `ArrayBuffer` has its kind. */
  bytes: 'b',
  /** (offset, length): the bytes of a secret key. */
  secret: 's',
  /** (handle, {@link KeyFacts}): a public or private key; in calls, the handle only. */
  key: 'k',
  /** (handle, {@link CryptoKeyFacts}): a `CryptoKey`; in calls, the handle only. */
  cryptoKey: 'c',
  /** (handle, facts): an object with state in the runner; in calls, the handle only. */
  object: 'h',
  /** In calls only: a function or a symbol, which no operation takes. */
  other: 'f',
} as const;

/** The class that the other side creates. */
export type BytesKind = 'Buffer' | 'Uint8Array' | 'ArrayBuffer';

/** What a script can read of a `KeyObject`. */
export interface KeyFacts {
  readonly type: 'public' | 'private';
  readonly asymmetricKeyType?: Wire;
  readonly asymmetricKeyDetails?: Wire;
}

/** What a script can read of a `CryptoKey`. */
export interface CryptoKeyFacts {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: Wire;
  readonly usages: readonly string[];
}

export type Reply =
  /** A result; `bytes` is how many bytes it mentions. */
  | { readonly value: Wire; readonly bytes?: number }
  /** An error that Node threw; the context creates it anew. */
  | { readonly error: WireError }
  /** The reply comes later, under this number. */
  | { readonly ticket: number };

export interface WireError {
  readonly name: string;
  readonly message: string;
  /** Whether it is a `DOMException`. */
  readonly dom?: true;
  /** `code`, `errno` and the properties of OpenSSL, if the error has them. */
  readonly more: Readonly<Record<string, string | number | readonly string[]>>;
}
