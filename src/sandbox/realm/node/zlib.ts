import { invalidArgument } from '../../boundary/coded-errors.js';
import { bytesOf } from '../../boundary/latin1.js';
import { ZLIB_CLASSES, type ZlibClass, zlibFunction } from '../../boundary/node-functions.js';
import { defineConstant, defineFixed } from '../kit/define.js';
import { type FunctionShapes, shapeAs } from '../kit/function-shapes.js';
import { lazily } from '../kit/lazily.js';
import { native } from '../kit/native-calls.js';
import { part } from '../kit/parts.js';
import { zlibClasses } from '../zlib/classes.js';

type Callback = (error: unknown, value?: unknown) => void;

type ZlibConstructor = new (options?: unknown) => object;

const KINDS = ZLIB_CLASSES.filter((kind) => native.has(`zlib.create.${kind}`));

const constants = native.call('zlib.constants') as Readonly<Record<string, number>>;
const codes = native.call('zlib.codes');
const shape = native.call('zlib.shape') as FunctionShapes;
const zlib: Record<string, unknown> = {};

let classes: Record<string, unknown> | undefined;
// The classes load the stream classes, which the functions can do without.
lazily(zlib, KINDS, (kind) => (classes ??= zlibClasses(KINDS))[kind]);
const functions: Record<string, unknown> = {};
for (const kind of KINDS) {
  const name = zlibFunction(kind);
  functions[name] = function (buffer: unknown, ...rest: unknown[]): void {
    withCallback(kind, buffer, rest);
  };
  functions[`${name}Sync`] = function (buffer: unknown, options: unknown): unknown {
    return sync(kind, buffer, options);
  };
}
if (native.has('zlib.crc32'))
  functions['crc32'] = function (data: unknown, value?: unknown): unknown {
    const bytes = typeof data === 'string' ? data : ArrayBuffer.isView(data) ? bytesOf(data) : undefined;
    if (value !== undefined) {
      const sum = native.call('zlib.crc32', data, value);
      // Of no bytes, zlib takes no sum: it gives 0 where it has no address of any.
      return bytes?.length === 0 ? value : sum;
    }
    return bytes === undefined ? native.call('zlib.crc32', data) : native.fast('crc32', bytes, 0);
  };
const creators: Record<string, unknown> = {};
for (const kind of KINDS)
  creators[`create${kind}`] = function (options?: unknown): object {
    return new (zlib[kind] as ZlibConstructor)(options);
  };
shapeAs(shape, functions);
shapeAs(shape, creators);
Object.assign(zlib, functions);
for (const name of Object.keys(creators)) defineFixed(zlib, name, creators[name]);

function sync(kind: ZlibClass, buffer: unknown, options: unknown): unknown {
  const bytes = options === undefined ? bytesOrText(buffer) : undefined;
  if (bytes !== undefined) return bufferOf(native.fast('zlibSync', kind, bytes));
  const output = native.call(`zlib.${zlibFunction(kind)}Sync`, buffer, options);
  const { info } = (options ?? {}) as { readonly info?: unknown };
  if (!info) return output;
  return { buffer: output, engine: new (zlib[kind] as ZlibConstructor)(options) };
}

function bytesOrText(value: unknown): string | Uint8Array | undefined {
  return typeof value === 'string' ? value : bytesOf(value);
}

function bufferOf(result: string | number): unknown {
  return part('buffer').Buffer.from(native.bytesOfResult(result).buffer);
}

/** Works in the script's turn, and calls back in the next one. An error in the arguments is thrown. */
function withCallback(kind: ZlibClass, buffer: unknown, rest: unknown[]): void {
  const callback = typeof rest[0] === 'function' ? rest[0] : rest[1];
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  let error: unknown = null;
  let output: unknown;
  try {
    output = sync(kind, buffer, typeof rest[0] === 'function' ? undefined : rest[0]);
  } catch (thrown) {
    if (/^ERR_(?:INVALID_ARG|OUT_OF_RANGE)/.test((thrown as { code?: string }).code ?? '')) throw thrown;
    error = thrown;
  }
  environment.timers.setImmediate(() => {
    if (error === null) (callback as Callback)(null, output);
    else (callback as Callback)(error);
  });
}

// Deprecated names of the constants.
for (const [name, value] of Object.entries(constants))
  if (!name.startsWith('BROTLI')) defineConstant(zlib, name, value, false);

defineConstant(zlib, 'constants', Object.freeze(constants), true);
defineConstant(zlib, 'codes', Object.freeze(codes), true);

/** Node's own compression, called across the edge of the context: see `runner/native`. */
export default zlib;
