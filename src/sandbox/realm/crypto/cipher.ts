import type { CRYPTO_OBJECTS } from '../../boundary/node-functions.js';
import { bytesOf } from '../../boundary/latin1.js';
import { openHandle } from '../kit/handle.js';
import { FINISHED } from '../../boundary/lent-operations.js';
import { native } from '../kit/native-calls.js';
import { type CallableClass, oldClass, privateState } from '../kit/old-class.js';
import { part } from '../kit/parts.js';
import { secretBytes } from './keys.js';
import { LazyTransform } from './lazy-stream.js';

type Callback = (error?: unknown) => void;
type Maker = (typeof CRYPTO_OBJECTS)['cipher']['makers'][number];
type Method = (typeof CRYPTO_OBJECTS)['cipher']['methods'][number];

interface CipherObject {
  push(chunk: unknown): void;
}
type CipherClass<A extends readonly unknown[]> = CallableClass<A, CipherObject>;

/** What a cipher stands for. */
interface State {
  readonly isDecipher: boolean;
  /** Of Node's object in the runner. */
  handle: number;
  /** Whether it has an authentication tag to give, once it is final. */
  readonly hasTag: boolean;
  /** The authentication tag, as Latin-1 text. */
  tag?: string;
}

const states = privateState<State>();
const AUTHENTICATED = /gcm|ccm|ocb|poly1305/i;

function open(owner: object, maker: Maker, args: readonly unknown[], options: unknown): void {
  const [algorithm] = args;
  const isDecipher = maker === 'createDecipheriv' || maker === 'createDecipher';
  const handle = fastHandle(maker, args, options);
  if (handle !== undefined) native.track(owner, handle);
  states.give(owner, {
    isDecipher,
    handle: handle ?? openHandle(owner, `crypto.${maker}`, ...args, options),
    hasTag: !isDecipher && AUTHENTICATED.test(String(algorithm)),
  });
  Reflect.apply(LazyTransform, owner, [options]);
}

/** Undefined for arguments that only Node itself knows what to do with. */
function fastHandle(maker: Maker, args: readonly unknown[], options: unknown): number | undefined {
  if (maker !== 'createCipheriv' && maker !== 'createDecipheriv') return undefined;
  const [algorithm, givenKey, givenVector] = args;
  const { encoding, authTagLength } = (options ?? {}) as {
    readonly encoding?: unknown;
    readonly authTagLength?: unknown;
  };
  const key = textOrBytes(givenKey) ?? secretBytes(givenKey);
  const vector = givenVector === null ? null : textOrBytes(givenVector);
  if (typeof algorithm !== 'string' || key === undefined || vector === undefined || encoding !== undefined)
    return undefined;
  return authTagLength === undefined || typeof authTagLength === 'number'
    ? native.fast(maker, algorithm, key, vector, authTagLength)
    : undefined;
}

function textOrBytes(value: unknown): string | Uint8Array | undefined {
  return typeof value === 'string' ? value : bytesOf(value);
}

function call(owner: object, method: Method, ...args: unknown[]): unknown {
  return native.call(`crypto.cipher.${method}`, states.of(owner).handle, ...args);
}

/** @param encoding undefined for bytes */
function final(owner: object, encoding: string | undefined): unknown {
  const state = states.of(owner);
  const { handle, hasTag } = state;
  const finished = handle <= 0;
  state.handle = state.isDecipher ? FINISHED.decipher : FINISHED.cipher;
  const result = native.fast<string | number>('cipherFinal', handle, encoding, hasTag && !finished);
  const last = encoding === undefined ? bufferOf(result) : result;
  if (hasTag) state.tag = native.fast('cipherTag', handle);
  return last;
}

const isEncoding = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

function update(owner: object, data: unknown, inputEncoding: unknown, outputEncoding?: unknown): unknown {
  const given = typeof data === 'string' ? data : ArrayBuffer.isView(data) ? bytesOf(data) : undefined;
  if (given === undefined || !isEncoding(inputEncoding) || !isEncoding(outputEncoding))
    return call(owner, 'update', data, inputEncoding, outputEncoding);
  const output = outputEncoding ? outputName(outputEncoding) : undefined;
  const { handle } = states.of(owner);
  const result = native.fast<string | number>('cipherUpdate', handle, given, inputEncoding, output);
  return output === undefined ? bufferOf(result) : result;
}

function outputName(encoding: unknown): string | undefined {
  return encoding === 'buffer' ? undefined : String(encoding);
}

function bufferOf(result: string | number): unknown {
  return part('buffer').Buffer.from(native.bytesOfResult(result).buffer);
}

const methods = {
  _transform(this: CipherObject, chunk: unknown, encoding: unknown, callback: Callback): void {
    this.push(update(this, chunk, encoding === 'buffer' ? undefined : encoding));
    callback();
  },
  _flush(this: CipherObject, callback: Callback): void {
    try {
      this.push(final(this, undefined));
    } catch (error) {
      return callback(error);
    }
    callback();
  },
  update(this: object, data: unknown, inputEncoding?: unknown, outputEncoding?: unknown): unknown {
    return update(this, data, inputEncoding, outputEncoding);
  },
  final(this: object, outputEncoding?: unknown): unknown {
    return final(this, outputEncoding ? outputName(outputEncoding) : undefined);
  },
  setAutoPadding(this: object, autoPadding?: unknown): unknown {
    call(this, 'setAutoPadding', autoPadding);
    return this;
  },
};
const getAuthTag = {
  getAuthTag(this: object): unknown {
    const { tag } = states.of(this);
    return tag === undefined ? call(this, 'getAuthTag') : bufferOf(tag);
  },
};
const setAuthTag = {
  setAuthTag(this: object, tag: unknown, encoding?: unknown): unknown {
    call(this, 'setAuthTag', tag, encoding);
    return this;
  },
};
const setAAD = {
  setAAD(this: object, data: unknown, options?: unknown): unknown {
    call(this, 'setAAD', data, options);
    return this;
  },
};

type WithVector = [cipher: unknown, key: unknown, iv: unknown, options?: unknown];
type WithPassword = [cipher: unknown, password: unknown, options?: unknown];

export const Cipheriv: CipherClass<WithVector> = oldClass<WithVector, CipherObject>(
  'Cipheriv',
  function (cipher, key, iv, options) {
    if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
    open(this, 'createCipheriv', [cipher, key, iv], options);
    return undefined;
  },
  { ...methods, ...getAuthTag, ...setAAD },
  LazyTransform,
);

export const Decipheriv: CipherClass<WithVector> = oldClass<WithVector, CipherObject>(
  'Decipheriv',
  function (cipher, key, iv, options) {
    if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
    open(this, 'createDecipheriv', [cipher, key, iv], options);
    return undefined;
  },
  { ...methods, ...setAuthTag, ...setAAD },
  LazyTransform,
);

/** `crypto.Cipher`, which Node has up to version 21. */
export const Cipher: CipherClass<WithPassword> = oldClass<WithPassword, CipherObject>(
  'Cipher',
  function (cipher, password, options) {
    if (!(this instanceof Cipher)) return new Cipher(cipher, password, options);
    open(this, 'createCipher', [cipher, password], options);
    return undefined;
  },
  { ...methods, ...getAuthTag, ...setAAD },
  LazyTransform,
);

/** `crypto.Decipher`, which Node has up to version 21. */
export const Decipher: CipherClass<WithPassword> = oldClass<WithPassword, CipherObject>(
  'Decipher',
  function (cipher, password, options) {
    if (!(this instanceof Decipher)) return new Decipher(cipher, password, options);
    open(this, 'createDecipher', [cipher, password], options);
    return undefined;
  },
  { ...methods, ...setAuthTag, ...setAAD },
  LazyTransform,
);
