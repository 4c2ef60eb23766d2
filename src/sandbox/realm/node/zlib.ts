import { invalidArgument } from '../../boundary/coded-errors.js';
import { ZLIB_CLASSES, type ZlibClass, zlibFunction } from '../../boundary/node-functions.js';
import { defineConstant, named } from '../kit/define.js';
import { lazily } from '../kit/lazily.js';
import { native } from '../kit/native-calls.js';
import { zlibClasses } from '../zlib/classes.js';

type Callback = (error: unknown, value?: unknown) => void;

type ZlibConstructor = new (options?: unknown) => object;

const KINDS = ZLIB_CLASSES.filter((kind) => native.has(`zlib.create.${kind}`));

const constants = native.call('zlib.constants') as Readonly<Record<string, number>>;
const codes = native.call('zlib.codes');
const zlib: Record<string, unknown> = {};

let classes: Record<string, unknown> | undefined;
lazily(zlib, KINDS, (kind) => (classes ??= zlibClasses(KINDS, constants))[kind]);
for (const kind of KINDS) {
  const name = zlibFunction(kind);
  addFunction(`${name}Sync`, (buffer, options) => sync(kind, buffer, options));
  addFunction(name, (buffer, ...rest) => withCallback(kind, buffer, rest));
  addFunction(`create${kind}`, (options) => new (zlib[kind] as ZlibConstructor)(options));
}
if (native.has('zlib.crc32'))
  addFunction('crc32', (data, value) =>
    value === undefined ? native.call('zlib.crc32', data) : native.call('zlib.crc32', data, value),
  );

function addFunction(name: string, call: (...args: unknown[]) => unknown): void {
  zlib[name] = named(name, call);
}

function sync(kind: ZlibClass, buffer: unknown, options: unknown): unknown {
  const output = native.call(`zlib.${zlibFunction(kind)}Sync`, buffer, options);
  const { info } = (options ?? {}) as { readonly info?: unknown };
  if (!info) return output;
  return { buffer: output, engine: new (zlib[kind] as ZlibConstructor)(options) };
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
