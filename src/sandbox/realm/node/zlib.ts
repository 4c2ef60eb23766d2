import { native } from '../kit/native-calls.js';
import { lazilyAll } from '../kit/lazily.js';
import { invalidArgument } from '../../boundary/module-errors.js';
import { zlibClasses } from '../zlib/classes.js';

type Callback = (error: unknown, value?: unknown) => void;

const KINDS = [
  'Deflate',
  'Inflate',
  'Gzip',
  'Gunzip',
  'DeflateRaw',
  'InflateRaw',
  'Unzip',
  'BrotliCompress',
  'BrotliDecompress',
  'ZstdCompress',
  'ZstdDecompress',
].filter((kind) => native.has(`zlib.create.${kind}`));

const lowered = (kind: string) => kind.charAt(0).toLowerCase() + kind.slice(1);

const constants = native.call('zlib.constants') as Readonly<Record<string, number>>;
const codes = native.call('zlib.codes');
const zlib: Record<string, unknown> = {};

lazilyAll(zlib, KINDS, () => zlibClasses(KINDS, constants));
for (const kind of KINDS) {
  const name = lowered(kind);
  define(`${name}Sync`, (buffer, options) => atOnce(kind, buffer, options));
  define(name, (buffer, ...rest) => later(kind, buffer, rest));
  define(`create${kind}`, (options) => new (zlib[kind] as new (options?: unknown) => object)(options));
}
if (native.has('zlib.crc32'))
  define('crc32', (data, value) =>
    value === undefined ? native.call('zlib.crc32', data) : native.call('zlib.crc32', data, value),
  );

function define(name: string, call: (...args: unknown[]) => unknown): void {
  zlib[name] = Object.defineProperty(call, 'name', { value: name, configurable: true });
}

function atOnce(kind: string, buffer: unknown, options: unknown): unknown {
  const output = native.call(`zlib.${lowered(kind)}Sync`, buffer, options);
  const { info } = (options ?? {}) as { readonly info?: unknown };
  if (!info) return output;
  return { buffer: output, engine: new (zlib[kind] as new (options?: unknown) => object)(options) };
}

/** Worked in the turn of the script; the callback comes in the next one. What is wrong with the arguments is thrown. */
function later(kind: string, buffer: unknown, rest: unknown[]): void {
  const callback = typeof rest[0] === 'function' ? rest[0] : rest[1];
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  let error: unknown = null;
  let output: unknown;
  try {
    output = atOnce(kind, buffer, typeof rest[0] === 'function' ? undefined : rest[0]);
  } catch (thrown) {
    if (/^ERR_(?:INVALID_ARG|OUT_OF_RANGE)/.test((thrown as { code?: string }).code ?? '')) throw thrown;
    error = thrown;
  }
  environment.timers.setImmediate(() => {
    if (error === null) (callback as Callback)(null, output);
    else (callback as Callback)(error);
  });
}

// Of old, the constants of zlib's own are found here, too.
for (const [name, value] of Object.entries(constants))
  if (!name.startsWith('BROTLI')) Object.defineProperty(zlib, name, { value, enumerable: false });

/** Node's own compression, called over the border of the context; see `runner/native`. */
export default Object.defineProperties(zlib, {
  constants: { value: Object.freeze(constants), enumerable: true },
  codes: { value: Object.freeze(codes), enumerable: true },
});
