/**
 * Calls that work on lent bytes (see `byte-operations.ts`) and on objects that the runner holds for the context. Their results
 * are primitives, never `undefined`. Bytes come as Latin-1 text if there are at most {@link MAX_TEXT_BYTES} of them; else the
 * result is their number, and the realm lends an array of that length to `take`.
 */
export type LentOperation =
  /** (operation, arguments as JSON, bytes): calls one of `node-functions.ts`. The result is a reply as JSON. */
  | 'call'
  /** (bytes): fills in the bytes of the last result. */
  | 'take'
  /** (): the reply of the last call that failed, as JSON. */
  | 'failure'
  /** (algorithm, data, input encoding, output encoding): text, or bytes for the output encoding `buffer`. */
  | 'hash'
  /** (algorithm, key, data, input encoding, output encoding) */
  | 'hmac'
  /** (handle, data, input encoding): of a hash, an HMAC or a signature. */
  | 'update'
  /** (handle, output encoding): of a hash or an HMAC, which it ends. */
  | 'digest'
  /** (algorithm, key, initialization vector or null, length of the authentication tag): the handle. */
  | 'createCipheriv'
  | 'createDecipheriv'
  /** (handle, data, input encoding, output encoding) */
  | 'cipherUpdate'
  /** (handle, output encoding, keep): ends the cipher, which is dropped unless its tag is to be read. */
  | 'cipherFinal'
  /** (handle): bytes; drops the cipher. */
  | 'cipherTag'
  /** (handle): drops the object behind a handle. */
  | 'drop'
  /** (bytes): fills them with random ones. */
  | 'randomFill'
  /** (min, max) */
  | 'randomInt'
  | 'randomUUID'
  /** (bytes, bytes of the same length) */
  | 'timingSafeEqual'
  /** (data, seed) */
  | 'crc32'
  /** (kind, data): what the synchronous function of a class gives for the default options. */
  | 'zlibSync'
  /**
   * (handle, flush flag, input, output, left): writes once. `left` gets what is left of the output and of the input, 32 bits
   * each. The result is true, or an error of the data as text: number, code and message, a line each.
   */
  | 'zlibWrite';

/** Handles of objects that have done their work: what is called on them fails as in Node. They cost the host nothing. */
export const FINISHED = { cipher: 0, decipher: -1 } as const;

/** Most bytes of a result that come as text, which is faster for few. */
export const MAX_TEXT_BYTES = 128;

/** Algorithms for which `crypto.hash` gives what an object gives, in every version of Node. */
export const ONE_SHOT_ALGORITHMS: Readonly<Record<string, true>> = Object.freeze({
  __proto__: null as never,
  md5: true,
  sha1: true,
  sha224: true,
  sha256: true,
  sha384: true,
  sha512: true,
});
