/**
 * How calls of Node's own functions cross the border of a context: as text, both ways. A call is the name of an
 * operation, a JSON array of its arguments, and their bytes as Latin-1 text, one character a byte. A reply is
 * one line of JSON and, after its line feed, the bytes again. Both sides import this file; it must stay free of
 * `node:` imports.
 */

/** What JSON has, and for all else an array whose first element says what it is. */
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
  /** (offset, length, {@link BytesKind}) in the call's or the reply's bytes. */
  bytes: 'b',
  /** (offset, length): the bytes of a secret key. */
  secret: 's',
  /** (handle, {@link KeyFacts}): of a public or private key; in calls, the handle only. */
  key: 'k',
  /** (handle, {@link CryptoKeyFacts}): in calls, the handle only. */
  cryptoKey: 'c',
  /** (handle, facts): an object of Node's with state, in calls the handle only. */
  object: 'h',
  /** In calls: a function or a symbol, which no operation takes. */
  other: 'f',
} as const;

/** As which class the other side makes it. */
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

/** The first line of a reply. */
export type Reply =
  | { readonly value: Wire }
  /** Thrown by Node: made anew in the context. */
  | { readonly error: WireError }
  /** Comes later, under this number. */
  | { readonly ticket: number };

export interface WireError {
  readonly name: string;
  readonly message: string;
  /** Whether it is a `DOMException`. */
  readonly dom?: true;
  /** `code`, `errno` and OpenSSL's own, where it has them. */
  readonly more: Readonly<Record<string, string | number | readonly string[]>>;
}
