import { defineConstant } from '../kit/define.js';

/** The standard's constants from 1 on, which are the codes of the names that have one. */
const CONSTANTS = [
  'INDEX_SIZE',
  'DOMSTRING_SIZE',
  'HIERARCHY_REQUEST',
  'WRONG_DOCUMENT',
  'INVALID_CHARACTER',
  'NO_DATA_ALLOWED',
  'NO_MODIFICATION_ALLOWED',
  'NOT_FOUND',
  'NOT_SUPPORTED',
  'INUSE_ATTRIBUTE',
  'INVALID_STATE',
  'SYNTAX',
  'INVALID_MODIFICATION',
  'NAMESPACE',
  'INVALID_ACCESS',
  'VALIDATION',
  'TYPE_MISMATCH',
  'SECURITY',
  'NETWORK',
  'ABORT',
  'URL_MISMATCH',
  'QUOTA_EXCEEDED',
  'TIMEOUT',
  'INVALID_NODE_TYPE',
  'DATA_CLONE',
] as const;

/** `InUseAttributeError` and `INUSE_ATTRIBUTE_ERR` are the same name. */
const comparable = (name: string) => name.replaceAll('_', '').toUpperCase();
const CODES = new Map(CONSTANTS.map((name, index) => [`${comparable(name)}ERROR`, index + 1]));

/** The standard's DOMException: an error whose name says what it is. */
export class DOMException extends Error {
  readonly #name: string;

  constructor(message: unknown = '', options: unknown = 'Error') {
    const isOptions = typeof options === 'object' && options !== null;
    const given: { name?: unknown; cause?: unknown } = isOptions ? options : { name: options };
    super(String(message), 'cause' in given ? { cause: given.cause } : {});
    this.#name = given.name === undefined ? 'Error' : String(given.name);
  }

  override get name(): string {
    return this.#name;
  }

  get code(): number {
    return /^[A-Z]\w*Error$/.test(this.#name) ? (CODES.get(comparable(this.#name)) ?? 0) : 0;
  }

  get [Symbol.toStringTag](): string {
    return 'DOMException';
  }

  static {
    for (const [index, name] of CONSTANTS.entries())
      for (const owner of [this, this.prototype]) defineConstant(owner, `${name}_ERR`, index + 1, true);
  }
}
