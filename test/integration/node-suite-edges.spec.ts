import { sameAsNode } from '../support/same-as-node.js';

// What Node's own tests found to differ (`npm run test:node-suite`), each with its neighbours.

sameAsNode('events', [
  '(() => { const E = require("events").prototype; return ["emit", "listenerCount", "setMaxListeners", "once"].map((name) => E[name].name) })()',
  '(() => { try { new (require("events"))().emit("error", { [Symbol.for("nodejs.util.inspect.custom")]() { throw 1 } }) } catch (error) { return [error.code, error.message] } })()',
  'new (require("events"))().setMaxListeners(-1)',
  'new (require("events"))().setMaxListeners(NaN)',
  'new (require("events"))().setMaxListeners("5")',
  'require("events").setMaxListeners(-1)',
  'require("events").setMaxListeners(5, "x")',
  '(() => { const { getMaxListeners, setMaxListeners } = require("events"); const t = new EventTarget(); const before = getMaxListeners(t); setMaxListeners(101, t); return [before, getMaxListeners(t)] })()',
  'require("events").getMaxListeners({})',
  'new EventTarget().addEventListener("a", () => {}, { signal: null })',
  'new EventTarget().addEventListener("a", () => {}, { signal: {} })',
  'new EventTarget().addEventListener("a", () => {}, { signal: undefined })',
]);

sameAsNode('timers', [
  '(() => { const t = setTimeout(() => {}, 1000); const before = t._destroyed; clearTimeout(t); return [before, t._destroyed] })()',
  '(() => { const t = setInterval(() => {}, 1000); const before = t._destroyed; clearInterval(t); return [before, t._destroyed] })()',
  'new Promise((resolve) => { const t = setTimeout(() => setImmediate(() => resolve(t._destroyed)), 1) })',
  'new Promise((resolve) => { const t = setImmediate(() => setImmediate(() => resolve(t._destroyed))) })',
  '(() => { const t = setTimeout(() => {}, 1); const other = {}; return [t.unref.call(other) === other, t.ref.call(other) === other] })()',
  // Only Nodes before 24 have these.
  ...[
    'new Promise((resolve) => { const { enroll, active } = require("timers"); const item = { _onTimeout: () => resolve("fired") }; enroll(item, 1); active(item) })',
    'new Promise((resolve) => { const { enroll, active, unenroll } = require("timers"); const item = { _onTimeout: () => resolve("fired") }; enroll(item, 1); active(item); unenroll(item); setTimeout(() => resolve(item._idleTimeout), 20) })',
    'require("timers").enroll({}, "x")',
    'require("timers").enroll({}, -1)',
    'require("timers").enroll({}, Infinity)',
    '(() => { const item = { _idleTimeout: -1 }; require("timers").active(item); return Object.keys(item) })()',
  ].map((expression) => `require("timers").enroll === undefined ? "absent" : ${expression}`),
]);

sameAsNode('streams', [
  '(async () => { const { duplexPair } = require("stream"); if (duplexPair === undefined) return "HI"; const [a, b] = duplexPair({ encoding: "utf8" }); const heard = []; b.on("data", (d) => { heard.push(d); b.end("bye") }); a.end("hi"); let s = ""; for await (const c of a) s += c; return [heard.join(), s].join() === "hi,bye" ? "HI" : heard })()',
  '(async () => { const { Duplex } = require("stream"); const { readable, writable } = new TransformStream(); const d = Duplex.fromWeb({ readable, writable }, { encoding: "utf8" }); d.end("abc"); let s = ""; for await (const c of d) s += c; return s })()',
  '(async () => { const { Duplex, PassThrough } = require("stream"); const { readable, writable } = Duplex.toWeb(new PassThrough()); const w = writable.getWriter(); w.write(Buffer.from("x")); const { value } = await readable.getReader().read(); return [...value] })()',
  '(async () => { const { finished } = require("stream/promises"); await finished(new ReadableStream({ start(c) { c.close() } })); return "closed" })()',
  '(async () => { const { finished } = require("stream/promises"); const s = new ReadableStream({ start(c) { setTimeout(() => c.error(new RangeError("x")), 1) } }); await finished(s) })()',
  '(async () => { const { finished } = require("stream/promises"); const s = new WritableStream(); setTimeout(() => s.close(), 1); await finished(s); return "closed" })()',
  '(async () => { const { addAbortSignal } = require("stream"); const c = new AbortController(); const s = addAbortSignal(c.signal, new ReadableStream()); c.abort(); await s.getReader().read() })()',
  '(async () => { const { Writable } = require("stream"); if (Symbol.asyncDispose === undefined) return; const w = new Writable({ write(c, e, done) { done() } }); await w[Symbol.asyncDispose](); return w.destroyed })()',
  'new Promise((resolve) => { const { Writable } = require("stream"); const w = new Writable({ write(c, e, done) { done() }, final(done) { queueMicrotask(done); queueMicrotask(done) } }); w.on("error", (error) => resolve(error.message)); w.end("a") })',
]);

sameAsNode('crypto, zlib and the rest', [
  '(async () => { const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, true, ["sign"]); return key.usages === key.usages })()',
  '(() => { const { getRandomValues } = crypto; return getRandomValues(new Uint8Array(1)) })()',
  'Reflect.construct(function () {}, [], crypto.constructor).subtle',
  'Reflect.construct(function () {}, [], crypto.constructor).randomUUID()',
  'Reflect.construct(function () {}, [], crypto.subtle.constructor).digest("SHA-1", new Uint8Array())',
  '(() => { try { new (require("crypto").KeyObject)("wrong_type", null) } catch (error) { return [error.code, error.message] } })()',
  'require("zlib").crc32?.("", 4294967295) ?? 4294967295',
  'require("zlib").crc32?.(Buffer.alloc(0), 7) ?? 7',
  '(() => { try { require("zlib").createDeflate().params(-Infinity, 0) } catch (error) { return [error.code, error.message] } })()',
  'Object.keys(require("querystring").parse("a&b&c&d", null, null, { maxKeys: Infinity })).length',
  'Object.keys(require("querystring").parse("a&b&c&d", null, null, { maxKeys: NaN })).length',
  'Object.keys(require("querystring").parse("a&b&c&d", null, null, { maxKeys: "2" })).length',
  'Object.keys(require("querystring").parse("a&b&c&d", null, null, { maxKeys: 2 })).length',
  'structuredClone(5, null)',
  'structuredClone(5, { transfer: 1 })',
  ...['1', 'null', '{}', 'undefined'].map(
    (code) => `typeof require("util").deprecate(() => {}, "old", ${code})`,
  ),
  '(() => { function A() {} try { require("util").inherits(A, {}) } catch (error) { return [error.code, error.message] } })()',
  '(() => { function A() {} try { require("util").inherits(A, null) } catch (error) { return error.code } })()',
  '(() => { function A() {} const parent = { prototype: { a: 1 } }; require("util").inherits(A, parent); return new A().a })()',
]);
