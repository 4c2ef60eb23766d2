/** structuredClone, util.types, timers and events of a context, against those of the Node that runs this. */
import { runWithModules } from '../support/modules.js';
import { sameAsNode } from '../support/same-as-node.js';

const MAJOR = Number(process.versions.node.split('.')[0]);

/** The clone as text, with its class and its keys. */
const cloned = (value: string) =>
  `((c) => require('util').inspect(c, { depth: 5 }))(structuredClone(${value}))`;

sameAsNode('structuredClone', [
  ...[
    '1',
    'null',
    '[1, , 3]',
    'Object.assign([1, , 3], { x: 1 })',
    'Object.assign([1, 2], { x: [3] })',
    'new (class A extends Array {})(3)',
    'Object.assign(Object.create(null), { a: 1 })',
    'new (class A { x = { y: 1 }; #z = 2; get w() { return 1 } })()',
    '{ get a() { return { b: 1 } } }',
    '{ get a() { delete this.b; return 1 }, b: 2 }',
    '{ [Symbol.iterator]: () => 1, a: 1 }',
    'Object.defineProperty({ a: 1 }, "b", { value: () => 1 })',
    'JSON.parse(\'{"__proto__":{"a":1}}\')',
    'new Map([[{ a: 1 }, new Map([[1, 2]])]])',
    'Object.assign(new Map(), { x: 1 })',
    'new (class A extends Map {})([[1, 2]])',
    'new Set([1, { a: 1 }, "x"])',
    'Object.setPrototypeOf(new Map([[1, 2]]), Object.prototype)',
    'new Date(NaN)',
    'new Date(0)',
    '/a+/gy',
    'Object(1)',
    'Object("a")',
    'Object(true)',
    'Object(1n)',
    'Math',
    'Object.create(Error.prototype)',
    'new Uint8Array([1, 2, 3]).subarray(1)',
    'new Float64Array([1.5])',
  ].map(cloned),
  '(() => { const c = structuredClone(new DataView(new ArrayBuffer(4), 1, 2)); return [c.byteLength, c.byteOffset, c.buffer.byteLength] })()',
  '(() => { const [b, n] = structuredClone([new Uint8Array([1, 2]).buffer, 5]); return [new Uint8Array(b).join(), n] })()',
  ...[
    '() => 1',
    '{ a() {} }',
    '[Symbol("x")]',
    'Object(Symbol("x"))',
    'new Proxy({}, {})',
    'new Proxy([], {})',
    'Promise.resolve()',
    'new WeakMap()',
    'new WeakSet()',
    'new WeakRef({})',
    'new FinalizationRegistry(() => {})',
    '(function* () {})()',
    'new Map().entries()',
    '[].values()',
    '""[Symbol.iterator]()',
    '(function () { return arguments })(1)',
    'new Intl.NumberFormat()',
    'globalThis',
    '{ get a() { throw new RangeError("mine") } }',
  ].map((value) => `(structuredClone(${value}), "cloned")`),
  'structuredClone()',
  'structuredClone(1, 5)',
  'structuredClone(1, null)',
  'structuredClone(1, { transfer: 5 })',
  '(() => { const o = { a: [] }; o.o = o; o.b = o.a; const c = structuredClone(o); return [c.o === c, c.a === c.b, c.a !== o.a] })()',
  '(() => { const b = new ArrayBuffer(8); const c = structuredClone([new Uint8Array(b), new Uint16Array(b)]); return c[0].buffer === c[1].buffer })()',
  '(() => { const e = new TypeError("m", { cause: { a: 1 } }); e.x = 1; const c = structuredClone(e); return [c instanceof TypeError, Object.getOwnPropertyNames(c), c.cause, c.message, c.name, c.stack === e.stack] })()',
  '(() => { class X extends Error { name = "X" } const c = structuredClone(new X("m")); return [c.constructor.name, c.name, Object.getOwnPropertyNames(c)] })()',
  '(() => { const c = structuredClone(new AggregateError([1], "m")); return [c.constructor.name, Object.getOwnPropertyNames(c)] })()',
  '(() => { const b = structuredClone(new ArrayBuffer(2, { maxByteLength: 8 })); return [b.byteLength, b.resizable, b.maxByteLength] })()',
  '(() => { const b = new ArrayBuffer(2, { maxByteLength: 8 }); const u = structuredClone(new Uint8Array(b)); u.buffer.resize(4); return [u.length, u.buffer.resizable] })()',
  '(() => { const b = new ArrayBuffer(4, { maxByteLength: 8 }); const u = structuredClone(new Uint8Array(b, 1, 2)); u.buffer.resize(8); return [u.length, u.byteOffset] })()',
  '(() => { const b = new ArrayBuffer(4, { maxByteLength: 8 }); const u = structuredClone(new DataView(b, 1)); u.buffer.resize(8); return [u.byteLength, u.byteOffset] })()',
  '(() => { const b = new ArrayBuffer(4, { maxByteLength: 8 }); const u = new Uint8Array(b, 2, 2); b.resize(1); return structuredClone(u) })()',
  '(() => { const b = new ArrayBuffer(4); try { structuredClone(() => 1, { transfer: [b] }) } catch {} return b.byteLength })()',
  '(() => { const b = new ArrayBuffer(4); return structuredClone(1, { transfer: [b, b] }) })()',
  // Node 20’s V8 lets no script detach a buffer.
  ...(MAJOR < 22
    ? []
    : [
        '(() => { const b = new ArrayBuffer(4); const c = structuredClone({ b }, { transfer: [b] }); return [b.byteLength, c.b.byteLength] })()',
        '(() => { const b = new ArrayBuffer(4); structuredClone(1, { transfer: [b] }); return structuredClone(b) })()',
        '(() => { const b = new ArrayBuffer(4); const u = new Uint8Array(b); structuredClone(1, { transfer: [b] }); return structuredClone(u) })()',
      ]),
  '(async () => { const b = structuredClone({ b: new Blob(["abc"], { type: "text/x" }) }).b; return [b.constructor.name, b.type, await b.text()] })()',
  '(async () => { const f = structuredClone(new File(["abc"], "n")); return [f instanceof Blob, f.size, await f.text()] })()',
  'structuredClone(Array.from({ length: 30_000 }, (_, i) => ({ i, s: "x" }))).length',
  '(() => { let deep = {}; const top = deep; for (let i = 0; i < 1e5; i++) deep = deep.a = {}; try { structuredClone(top) } catch (error) { return error instanceof RangeError } })()',
]);

const KINDS = [
  '{}',
  '[]',
  '() => 1',
  'async () => 1',
  '(function* () {})',
  '(async function* () {})',
  '(function* () {})()',
  'new Map()',
  'new Map().keys()',
  'new Set().keys()',
  'new Proxy(new Map(), {})',
  'new Proxy(() => 1, {})',
  'Object.setPrototypeOf(new Map(), null)',
  'Object.create(Map.prototype)',
  'Object.create(Promise.prototype)',
  'Object.create(Error.prototype)',
  '{ [Symbol.toStringTag]: "RegExp" }',
  'Promise.resolve()',
  'new (class A extends Promise {})(() => {})',
  'new (class A extends Error {})()',
  '/x/',
  'new Date()',
  'Object(Symbol())',
  'Object(1n)',
  'new Uint8Array(1)',
  'new DataView(new ArrayBuffer(1))',
  'new ArrayBuffer(1)',
  'new SharedArrayBuffer(1)',
  'new WeakMap()',
  'new WeakSet()',
  '(function () { return arguments })()',
  'null',
  '"text"',
];
/** All checks but those of Node’s own objects, and of classes that V8 has only in later versions. */
sameAsNode(
  'util.types',
  KINDS.map(
    (value) =>
      `((types, value) => Object.keys(types).filter((name) => !/External|KeyObject|CryptoKey|Float16|EventTarget/.test(name) && types[name](value)).sort())(require('util').types, ${value})`,
  ),
);

sameAsNode('timers', [
  '(async () => { let n = 0; const t = setTimeout(() => { if (++n < 3) t.refresh() }, 2); await new Promise((r) => setTimeout(r, 60)); return n })()',
  '(async () => { let n = 0; const t = setTimeout(() => { n++ }, 2); await new Promise((r) => setTimeout(r, 30)); t.refresh(); await new Promise((r) => setTimeout(r, 30)); return n })()',
  '(async () => { let n = 0; const t = setTimeout(() => { n++ }, 2); clearTimeout(t); t.refresh(); await new Promise((r) => setTimeout(r, 30)); return n })()',
  '(() => { const t = setTimeout(() => {}, 1); const r = [t.hasRef(), t.unref() === t, t.hasRef(), t.ref().hasRef()]; clearTimeout(t); return r })()',
  '(() => { const i = setImmediate(() => {}); const r = [typeof i.refresh, typeof i.close, i.hasRef(), i.unref().hasRef()]; clearImmediate(i); return r })()',
  '(async () => { const out = []; setImmediate(() => { out.push(1); Promise.resolve().then(() => out.push(2)); setImmediate(() => out.push(5)) }); const c = setImmediate(() => out.push("cleared")); setImmediate(() => { out.push(3); queueMicrotask(() => out.push(4)) }); clearImmediate(c); await new Promise((r) => setTimeout(r, 20)); return out })()',
  '(async () => { let n = 0; const i = setInterval(() => { if (++n === 3) clearInterval(i) }, 1); await new Promise((r) => setTimeout(r, 40)); return n })()',
  '(async () => { let n = 0; const t = setTimeout(() => n++, 1); clearTimeout(String(+t)); await new Promise((r) => setTimeout(r, 20)); return n })()',
  '(async () => new Promise((r) => setTimeout(function (...args) { r([this.hasRef(), args]) }, 1, "a", "b")))()',
  '(() => { const t = setTimeout(() => {}, 1); const made = new t.constructor(() => {}, 1); clearTimeout(t); return typeof made.refresh })()',
  "(async () => { const { getEventListeners } = require('events'); const c = new AbortController(); await require('timers/promises').setTimeout(1, 0, { signal: c.signal }); return getEventListeners(c.signal, 'abort').length })()",
  "require('timers/promises').setTimeout('x')",
  "require('timers/promises').setTimeout(1, 'v', 5)",
  "require('timers/promises').setTimeout(1, 'v', { signal: 5 })",
  "require('timers/promises').setTimeout(1, 'v', { signal: AbortSignal.abort() })",
  "(async () => { const c = new AbortController(); const p = require('timers/promises').setImmediate('v', { signal: c.signal }); c.abort(); return p })()",
  'AbortSignal.timeout(-1)',
  'AbortSignal.timeout(1.5)',
  'AbortSignal.timeout("1")',
]);

sameAsNode(
  'events',
  [
    '(() => { const e = new E(); const f = () => {}; e.on("x", f); e.on("x", () => {}); e.once("y", f); return [e.listenerCount("x"), e.listenerCount("x", f), e.listenerCount("x", () => {}), e.listenerCount("y", f), e.listenerCount("z")] })()',
    '(async () => { const e = new E(); const it = E.on(e, "x", { close: ["end"] }); setTimeout(() => { e.emit("x", 1); e.emit("end") }, 1); const o = []; for await (const [v] of it) o.push(v); return [o, e.listenerCount("x"), e.listenerCount("end"), e.listenerCount("error")] })()',
    '(async () => { const c = new AbortController(); const e = new E(); const p = E.once(e, "x", { signal: c.signal }); e.emit("x", 1); await p; return E.getEventListeners(c.signal, "abort").length })()',
    '(() => { const e = new E(); const o = []; e.on("x", function (...args) { o.push(this === e, args.length, ...args); e.on("x", () => o.push("late")) }); return [e.emit("x", 1, 2, 3, 4), e.emit("x"), e.emit("y"), o] })()',
    '(() => { const e = new E(); const o = []; e.on(E.errorMonitor, (x) => o.push(x.message)); try { e.emit("error", new Error("m")) } catch (error) { o.push(error.message) } return o })()',
    '(() => { const e = new E(); e.emit("error", 5) })()',
  ].map((expression) => `((E) => ${expression})(require("events"))`),
);

describe('the check of a kind, of which the host looks at the value', () => {
  it('gives nothing of the host to a script whose stack is full, and runs no code of the value', () => {
    const [full, watched] = runWithModules(
      [],
      [
        `const { types } = require('util'); types.isMap({}); const seen = [];
         const dive = () => { try { dive() } catch {} try { types.isMap({}); structuredClone({ a: [new Map()] }) } catch (error) { seen.push(error) } };
         dive();
         seen.length > 0 && seen.every((error) => error instanceof RangeError && error.constructor === RangeError)`,
        `const { types } = require('util'); const seen = [];
         const trap = new Proxy({}, { get: (_, name) => () => { seen.push(name); throw new Error('trapped') } });
         for (const check of Object.values(types)) { try { check(new Proxy({}, trap)) } catch {} try { check(new Proxy(() => 1, trap)) } catch {} }
         try { structuredClone(new Proxy({}, trap)) } catch {}
         seen.join()`,
      ],
    );
    expect(full?.ok).toBe(true);
    expect(watched?.ok).toBe('');
  });
});
