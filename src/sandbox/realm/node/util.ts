import { wellFormed } from '../web/well-formed.js';
import { invalidArgument } from '../../boundary/module-errors.js';
import { utilAdditions } from './ports/util-additions.js';
import { madeOnUse } from '../kit/made-on-use.js';
import { callbackify, promisify } from './ports/promisify.js';
import { types } from './ports/type-checks.js';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
type Parts = Record<string, unknown>;

const part = (name: string, key: string) => (require(name) as Parts)[key];

function inherits(constructor: unknown, parent: unknown): void {
  if (typeof constructor !== 'function') throw invalidArgument('ctor', 'of type function', constructor);
  if (typeof parent !== 'function') throw invalidArgument('superCtor', 'of type function', parent);
  if (typeof parent.prototype !== 'object')
    throw invalidArgument('superCtor.prototype', 'of type object', parent.prototype);
  Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype as object, parent.prototype as object);
}

const warned = new Set<string>();

/** Warns once, on the console, as Node does on its standard error. */
function deprecate(deprecated: AnyFunction, message: string, code = ''): AnyFunction {
  let isWarned = false;
  const wrapped: AnyFunction = function (...args) {
    if (!isWarned && !(code !== '' && warned.has(code))) {
      warned.add(code);
      environment.write(`${code === '' ? '' : `[${code}] `}DeprecationWarning: ${message}`);
    }
    isWarned = true;
    return new.target === undefined
      ? Reflect.apply(deprecated, this, args)
      : (Reflect.construct(deprecated, args, new.target) as unknown);
  };
  Object.setPrototypeOf(wrapped, deprecated);
  if (deprecated.prototype !== undefined) wrapped.prototype = deprecated.prototype as object;
  return wrapped;
}

/** `NODE_DEBUG` is never set here, so these say nothing. */
function debuglog() {
  return Object.assign(() => undefined, { enabled: false });
}

/** Colours only on demand: where the text goes is no terminal. */
function styleText(
  style: string | readonly string[],
  text: string,
  { validateStream = true }: { validateStream?: boolean } = {},
): string {
  if (validateStream) return text;
  const { colors } = part('inspect', 'inspect') as { colors: Record<string, [number, number] | undefined> };
  const styles = typeof style === 'string' ? [style] : style;
  return styles.reduceRight((inner, name) => {
    const [on, off] = colors[name] ?? [0, 0];
    return `\u001B[${on}m${inner}\u001B[${off}m`;
  }, text);
}

const util = {
  ...utilAdditions,
  styleText,
  promisify,
  callbackify,
  inherits,
  deprecate,
  debuglog,
  debug: debuglog,
  types,
  isDeepStrictEqual: (a: unknown, b: unknown) =>
    (part('deep-equal', 'isDeepStrictEqual') as AnyFunction)(a, b),
  toUSVString: (text: unknown) => wellFormed(String(text)),
  log: (...args: unknown[]) =>
    environment.write((part('inspect', 'format') as (...parts: unknown[]) => string)(...args)),
  _extend: (target: object, source: unknown) =>
    typeof source === 'object' && source !== null ? Object.assign(target, source) : target,
  isArray: Array.isArray,
  isBoolean: (value: unknown) => typeof value === 'boolean',
  isBuffer: (value: unknown) =>
    (part('buffer', 'Buffer') as { isBuffer: (value: unknown) => boolean }).isBuffer(value),
  isDate: types.isDate,
  isError: (value: unknown) => types.isNativeError(value),
  isFunction: (value: unknown) => typeof value === 'function',
  isNull: (value: unknown) => value === null,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isNumber: (value: unknown) => typeof value === 'number',
  isObject: (value: unknown) => value !== null && typeof value === 'object',
  isPrimitive: (value: unknown) =>
    value === null || (typeof value !== 'object' && typeof value !== 'function'),
  isRegExp: types.isRegExp,
  isString: (value: unknown) => typeof value === 'string',
  isSymbol: (value: unknown) => typeof value === 'symbol',
  isUndefined: (value: unknown) => value === undefined,
};

madeOnUse(util, ['inspect', 'format', 'formatWithOptions', 'stripVTControlCharacters'], (name) =>
  part('inspect', name),
);
export default madeOnUse(util, ['TextEncoder', 'TextDecoder'], (name) => part('text-coding', name));
