/**
 * What undici's classes around `fetch` find for Node's modules inside a context. They need little of them; the
 * real ones would be loaded for nothing.
 */
const SHIMS = {
  assert:
    'module.exports = (value, message) => { if (!value) throw new TypeError(message ?? "assertion failed") }',
  crypto: 'exports.randomInt = (...args) => require("crypto").randomInt(...args)',
  events: 'module.exports = require("events")',
  http: 'exports.IncomingMessage = class {}',
  net: '',
  perf_hooks: 'module.exports = require("perf_hooks")',
  querystring: 'module.exports = require("querystring")',
  sqlite: '',
  // As the port of web streams names its inner state.
  stream: `
    exports.isDisturbed = (stream) => stream._disturbed === true;
    exports.isErrored = (stream) => stream._state === 'errored';
    exports.Readable = exports.Transform = class {};`,
  util: 'module.exports = require("util")',
  'util/types': 'module.exports = require("util").types',
  worker_threads: '',
  zlib: '',
};

export const undiciShims = {
  name: 'undici-shims',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({
      path: path.slice('node:'.length),
      namespace: 'undici-shim',
    }));
    onLoad({ filter: /.*/, namespace: 'undici-shim' }, ({ path }) => {
      const contents = SHIMS[path];
      return contents === undefined ? { errors: [{ text: `undici needs node:${path}` }] } : { contents };
    });
  },
};
