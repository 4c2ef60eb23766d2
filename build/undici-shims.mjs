import { fileURLToPath } from 'node:url';

const DISPATCHER = fileURLToPath(
  new URL('../src/sandbox/realm/node/ports/undici-dispatcher.ts', import.meta.url),
);

/**
 * What undici's classes around `fetch` find for Node's modules inside a context. They need little of them; the
 * real ones would be loaded for nothing.
 */
const SHIMS = {
  assert:
    'module.exports = (value, message) => { if (!value) throw new TypeError(message ?? "assertion failed") }',
  crypto: `
    for (const name of ['createHash', 'randomInt', 'hash'])
      exports[name] = (...args) => require('crypto')[name](...args);
    exports.getHashes = () => ['sha256', 'sha384', 'sha512'];`,
  events: 'module.exports = require("events")',
  buffer: 'module.exports = require("buffer")',
  http: 'exports.IncomingMessage = class {}; exports.STATUS_CODES = {}',
  net: '',
  perf_hooks: 'module.exports = require("perf_hooks")',
  querystring: 'module.exports = require("querystring")',
  sqlite: '',
  // Streams are loaded when the first response has a body. How the port of web streams names its inner state.
  stream: `
    exports.isDisturbed = (stream) => stream._disturbed === true;
    exports.isErrored = (stream) => stream._state === 'errored';
    exports.isReadable = (stream) => stream._state === 'readable';
    // It would only tell when the time of a fetch can be reported.
    exports.finished = () => undefined;
    exports.pipeline = (...args) => require('stream').pipeline(...args);
    const later = (name) => function Later(...args) {
      const made = require('stream')[name];
      Object.setPrototypeOf(Later.prototype, made.prototype);
      return Reflect.construct(made, args, new.target);
    };
    exports.Readable = later('Readable');
    exports.Transform = later('Transform');`,
  util: 'module.exports = require("util")',
  'util/types': 'module.exports = require("util").types',
  worker_threads: '',
  zlib: `
    for (const name of ['createGunzip', 'createInflate', 'createInflateRaw', 'createBrotliDecompress'])
      exports[name] = (...args) => require('zlib')[name](...args);
    Object.defineProperty(exports, 'constants', { get: () => require('zlib').constants });`,
};

export const undiciShims = {
  name: 'undici-shims',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({
      path: path.slice('node:'.length),
      namespace: 'undici-shim',
    }));
    // All of undici's connections are behind it.
    onResolve({ filter: /^\.\.\/\.\.\/global$/ }, () => ({ path: DISPATCHER }));
    onLoad({ filter: /.*/, namespace: 'undici-shim' }, ({ path }) => {
      const contents = SHIMS[path];
      return contents === undefined ? { errors: [{ text: `undici needs node:${path}` }] } : { contents };
    });
  },
};
