import { wellFormed } from '../web/well-formed.js';
import { invalidArgument } from '../../boundary/coded-errors.js';
import { utilAdditions } from './ports/util-additions.js';
import { defineHidden } from '../kit/define.js';
import { lazily } from '../kit/lazily.js';
import { type Parts, part } from '../kit/parts.js';
import { callbackify, promisify } from './ports/promisify.js';
import { types } from './ports/type-checks.js';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

function inherits(constructor: unknown, parent: unknown): void {
  if (typeof constructor !== 'function') throw invalidArgument('ctor', 'of type function', constructor);
  if (parent === undefined || parent === null) throw invalidArgument('superCtor', 'of type function', parent);
  const { prototype } = parent as { readonly prototype?: unknown };
  if (typeof prototype !== 'object')
    throw invalidArgument('superCtor.prototype', 'of type object', prototype);
  defineHidden(constructor, 'super_', parent);
  Object.setPrototypeOf(constructor.prototype as object, prototype);
}

const warned = new Set<string>();

/** Wraps a function so that its first call prints a warning; here on the console. */
function deprecate(deprecated: AnyFunction, message: string, code: unknown, _options?: unknown): AnyFunction {
  if (code !== undefined && typeof code !== 'string') throw invalidArgument('code', 'of type string', code);
  let isWarned = false;
  const wrapped: AnyFunction = function (...args) {
    if (!isWarned && !(code !== undefined && warned.has(code))) {
      if (code !== undefined) warned.add(code);
      environment.write(`${code === undefined ? '' : `[${code}] `}DeprecationWarning: ${message}`);
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

/** `NODE_DEBUG` is never set here, so the logger prints nothing. */
function debuglog() {
  return Object.assign(() => undefined, { enabled: false });
}

/** Colours the text only if asked to: the output is not a terminal. */
function styleText(
  style: string | readonly string[],
  text: string,
  { validateStream = true }: { validateStream?: boolean } = {},
): string {
  if (validateStream) return text;
  const { colors } = part('inspect').inspect;
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
  isDeepStrictEqual: (a: unknown, b: unknown) => part('deep-equal').isDeepStrictEqual(a, b),
  toUSVString: (text: unknown) => wellFormed(String(text)),
  log: (...args: unknown[]) => environment.write(part('inspect').format(...args)),
  _extend: (target: object, source: unknown) =>
    typeof source === 'object' && source !== null ? Object.assign(target, source) : target,
  isArray: Array.isArray,
  isBoolean: (value: unknown) => typeof value === 'boolean',
  isBuffer: (value: unknown) => part('buffer').Buffer.isBuffer(value),
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

lazily(
  util,
  ['inspect', 'format', 'formatWithOptions', 'stripVTControlCharacters'],
  (name) => part('inspect')[name as keyof Parts['inspect']],
);
export default lazily(
  util,
  ['TextEncoder', 'TextDecoder'],
  (name) => part('text-coding')[name as keyof Parts['text-coding']],
);
