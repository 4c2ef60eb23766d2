import { installFixtures, runWithModules } from '../support/modules.js';
import { sameAsNode as sameAsNodeWith } from '../support/same-as-node.js';
import { installedPackages } from '../../src/sandbox/packages/installed-packages.js';

const packages = await installedPackages([
  installFixtures({
    'pkg/package.json': '{"name":"pkg","version":"1.0.0"}',
    'pkg/index.js': 'exports.get = (id) => require(id); exports.process = process;',
  }),
]);

const sameAsNode = (title: string, expressions: readonly string[]): void =>
  sameAsNodeWith(title, expressions, packages);

const inspected = [
  '1',
  '-0',
  '"text"',
  '"it\'s"',
  'null',
  'undefined',
  'true',
  '10n',
  'Symbol("q")',
  'NaN',
  '{}',
  '[]',
  '{ a: 1, b: "x", "c-d": [1, 2] }',
  '{ a: { b: { c: { d: 1 } } } }',
  '[[[[[1]]]]]',
  '[1, , 3]',
  '[undefined, null]',
  'Array(200).fill(7)',
  'Array.from({ length: 30 }, (_, i) => "item" + i)',
  '"x".repeat(20000)',
  '["x".repeat(100), "y".repeat(100)]',
  '"multi\\nline"',
  '["multi\\nline"]',
  'new Map([["a", { b: 1 }], [{ k: 1 }, 2]])',
  'new Set([1, "a", [2]])',
  'new Map()',
  'new WeakMap()',
  'new WeakSet()',
  'new Map([[1, 2]]).entries().toString()',
  'new Date(0)',
  'new Date(NaN)',
  '/a.b/gi',
  '() => 1',
  'function named() {}',
  'class A {}',
  'class B extends Map {}',
  'async () => {}',
  'function* gen() {}',
  'Math',
  'JSON',
  'globalThis.Reflect',
  'new (class Point { constructor() { this.x = 1 } })()',
  'new (class extends Array {})()',
  'new (class Foo extends Map {})([[1, 2]])',
  'Object.create(null)',
  'Object.assign(Object.create(null), { a: 1 })',
  'Object.create({ constructor: undefined })',
  '(() => { const a = { n: 1 }; a.self = a; return a })()',
  '(() => { const a = { b: {} }; a.b.a = a; a.c = a.b; return a })()',
  '{ get a() { return 1 }, set a(v) {}, get b() { return 2 }, set c(v) {} }',
  'new Uint8Array([1, 2, 3])',
  'new Float64Array(2)',
  'require("buffer").Buffer.from("hello")',
  'Object(1)',
  'Object("s")',
  'Object(Symbol("x"))',
  'Object(1n)',
  'Object.assign(() => {}, { a: 1 })',
  'Promise.resolve',
  'new Promise(() => {})',
  'new URL("http://u:p@a.b:8080/p?q=1#h")',
  'new URLSearchParams("a=1&b=2")',
  '{ long: { one: "aaaaaaaaaaaaaaaaaaaaaaaa", two: "bbbbbbbbbbbbbbbbbbbbbbbbbbbb", three: "cccccccccccccccccccccc" } }',
  'Array.from({ length: 120 }, (_, i) => i)',
  'Object.fromEntries(Array.from({ length: 40 }, (_, i) => ["key" + i, i]))',
  '[1.5, -2, "three", null, undefined, true, Symbol.iterator, 4n]',
  '[["a", 1], ["b", 2]]',
  '{ f() {}, g: class {}, h: Symbol }',
  '(function () { return 1 }).bind(null)',
  'Object.freeze([1])',
  '[new Error("x").message]',
  '{ "": 1, "a b": 2, 3: 4 }',
  '"\\u001b[31m\\u0000"',
  '{ toString() { return "x" } }',
  '(() => { const e = new TypeError("bad"); e.stack = "TypeError: bad\\n    at here"; return e })()',
  '(() => { const e = new Error("outer", { cause: "why" }); e.stack = "Error: outer\\n    at here"; e.code = "E_X"; return e })()',
  '(() => { const e = new (class Own extends Error { name = "Own" })("m"); e.stack = "Error: m\\n    at x"; return { e } })()',
];
/** Node 24 shows these in another way than Node 20; the port does as the newer one. */
const shownAnew = [
  '{ [Symbol("s")]: 1, [Symbol.toStringTag]: "Tagged" }',
  'new ArrayBuffer(4)',
  'new DataView(new ArrayBuffer(2))',
];
if (Number(process.versions.node.split('.', 1)[0]) >= 24) inspected.push(...shownAnew);
const withUrl = (expression: string) => `(({ URL, URLSearchParams }) => (${expression}))(require("url"))`;
sameAsNode(
  'inspect',
  inspected.map((expression) => `require("util").inspect(${withUrl(expression)})`),
);
sameAsNode('inspect with options', [
  'require("util").inspect({ a: { b: { c: {} } } }, { depth: 0 })',
  'require("util").inspect({ a: { b: { c: { d: 1 } } } }, { depth: null, compact: false })',
  'require("util").inspect({ a: 1, b: "x" }, { colors: true })',
  'require("util").inspect({ b: 1, a: 2 }, { sorted: true })',
  'require("util").inspect({ [require("util").inspect.custom]: () => "own" })',
  'require("util").inspect("x".repeat(50), { maxStringLength: 10 })',
]);
sameAsNode(
  'format',
  [
    '"%s=%d", "n", 5',
    '"%i %f", "42.7", "1.5"',
    '"%j", { a: 1 }',
    '"%o", [1]',
    '"%O", { a: { b: {} } }',
    '"%c styled", "css"',
    '"%%", 1',
    '"%s"',
    '"a", "b", 1',
    '1, 2, "3"',
    '{ a: 1 }, [1, 2]',
    '"%s", { a: 1 }',
    '"%s", Symbol("x")',
    '"%s", 10n',
    '"%d", "x"',
    '"%s", null, undefined',
    '"%x", 1',
    '"%s", () => 1',
    '"%s", -0',
    '"100%"',
    '"%s %s", "one"',
    '"%s", [1, [2, [3]]]',
    '"%s", new (class A {})()',
    '',
    'null',
    '"%j", (() => { const a = {}; a.a = a; return a })()',
  ].map((args) => `require("util").format(${args})`),
);
sameAsNode(
  'path',
  [
    'join("a", "..", "/b")',
    'resolve("/x", "y", "../z")',
    'relative("/a/b", "/a/c/d")',
    'parse("/a/b.c")',
    'normalize("/a//b/../c/.")',
    'extname("x.tar.gz")',
    'basename("/a/b.js", ".js")',
    'isAbsolute("a")',
    'sep',
    'format({ dir: "/a", base: "b" })',
  ].map((call) => `JSON.stringify(require("path").${call})`),
);
sameAsNode(
  'querystring',
  [
    'parse("a=1&a=2&b=%20x+y&c&=d&&e==f")',
    'parse("a=%zz&b=%e2%82%ac%ff")',
    'parse("a:1;b:2", ";", ":")',
    'parse("__proto__=1&a=1")',
    'parse("a=1&b=2&c=3", null, null, { maxKeys: 2 })',
    'parse("")',
    'stringify({ a: [1, "x y"], b: true, c: null, d: undefined, e: {}, f: 1n, g: NaN })',
    'stringify({ "a&": "=é~!\'()*" })',
    'stringify("x")',
    'escape("a b&")',
    'unescape("%41%zz")',
  ].map((call) => `JSON.stringify(require("querystring").${call})`),
);
sameAsNode(
  'url',
  [
    'parse("http://u:p@host.com:80/p/a?q=1&b=2#frag", true)',
    'parse("/rel?x=1", true)',
    'parse("//h/p", false, true)',
    'parse("mailto:a@b.c")',
    'resolve("http://a/b/c", "../d")',
    'format({ protocol: "http", host: "a.b", pathname: "/x", query: { a: 1 } })',
    'format(new (require("url").URL)("http://u:p@a/#h"), { auth: false, fragment: false })',
    'fileURLToPath("file:///a%20b/c")',
    'fileURLToPath("http://a/")',
    'pathToFileURL("/a b/#?%c").href',
    'domainToASCII("español.com")',
    'domainToUnicode("xn--espaol-zwa.com")',
    'urlToHttpOptions(new (require("url").URL)("https://a:b@x.y:8443/p?q"))',
  ].map((call) => `JSON.stringify(require("url").${call})`),
);
sameAsNode(
  'URL',
  [
    'new URL("HTTP://EXAMPLE.com:80/a/../b?q#h").href',
    'new URL("../x", "http://a/b/c/d").href',
    'new URL("nope")',
    'new URL("x", "nope")',
    'new URL("//x", "").href',
    'URL.canParse("a:b")',
    'URL.canParse("x")',
    'new URL("http://münchen.de/").hostname',
    'JSON.stringify([new URL("http://a/")])',
    'String(new URL("http://[::1]:3000/"))',
    'new URL("http://a/").origin',
    'new URL("file:///x").origin',
    '(() => { const u = new URL("http://a/?x=1"); u.searchParams.append("y", "a b&"); u.hash = "z"; u.port = "99"; u.protocol = "https"; return u.href })()',
    '(() => { const u = new URL("http://a/?x=1"); const p = u.searchParams; u.search = "?q=2"; return [...p].join() + p.size })()',
    '(() => { const u = new URL("http://a/"); u.href = "bad"; return u.href })()',
    '(() => { const u = new URL("http://a/"); u.hostname = "b.c"; u.pathname = "x y"; u.username = "ü"; return u.href })()',
    'Object.keys(Object.getOwnPropertyDescriptors(URL.prototype)).includes("searchParams")',
    'Object.prototype.toString.call(new URL("a:b"))',
    'new URLSearchParams("?a=1&b=%20+&a=2&c").toString()',
    'new URLSearchParams({ a: "é~*-._!\'()" }).toString()',
    'new URLSearchParams([["a", 1], ["b", 2]]).toString()',
    'new URLSearchParams([["a"]])',
    '[...new URLSearchParams("b=1&a=2&b=0").keys()].join()',
    '(() => { const p = new URLSearchParams("b=1&a=2&b=0"); p.sort(); p.set("b", "x"); p.delete("a"); return p.toString() + p.has("b") + p.get("z") + p.getAll("b") })()',
    'new URLSearchParams("a=%zz").get("a")',
    ...[
      '\\u20ac%zz',
      '%E2%82%AC%',
      '%e2%82%ac+%2B%20%2',
      '%EF%BB%BFx%C0%AF%ED%A0%80',
      '\\ud800%ff',
      '%%41%g1%4',
    ].map((query) => `JSON.stringify([...new URLSearchParams("${query}=${query}&q=${query}")])`),
    'JSON.stringify([...new URLSearchParams({ "\\ud800": "\\udc00" })])',
    'JSON.stringify([...new URLSearchParams([["\\ud800", "\\udc00"]])])',
    '(() => { const p = new URLSearchParams(); p.append("\\ud800", "\\udc00"); p.set("\\udbff", "x"); return JSON.stringify([...p]) + p.has("\\ufffd") + p.get("\\ud801") + p.getAll("\\ud801").length })()',
    '(() => { const u = new URL("http://a/?q=\\u20ac%zz"); u.searchParams.append("z", "\\ud800"); return u.href + u.searchParams.get("q") })()',
    'new URLSearchParams(new Map([["x", "y"]])).toString()',
    'new URLSearchParams("\\ud800").toString()',
  ].map(withUrl),
);
const ABORTS = [
  // A signal of signals, at any depth, aborts with the one at the bottom.
  'const c = new AbortController(); const s = any(any(c.signal)); c.abort("r"); return [s.aborted, s.reason]',
  'const c = new AbortController(); let s = c.signal; for (let i = 0; i < 50; i++) s = any(s, new AbortController().signal); c.abort(1); return [s.aborted, s.reason]',
  'const a = new AbortController(), b = new AbortController(); const s = any(any(a.signal), any(b.signal)); b.abort("b"); a.abort("a"); return s.reason',
  'const c = new AbortController(); const s = any(any(c.signal), c.signal, any(any(c.signal))); let n = 0; s.onabort = () => n++; c.abort(); c.abort(); return n',
  // The source is heard first, then they in their order.
  'const c = new AbortController(); const out = []; const one = any(c.signal), two = any(one); two.onabort = () => out.push("two"); one.onabort = () => out.push("one"); c.signal.onabort = () => out.push("source"); c.abort(); return out',
  // What is aborted already, or made of nothing.
  'const s = any(any(AbortSignal.abort(7))); return [s.aborted, s.reason]',
  'const s = any(any(), AbortSignal.abort(1), AbortSignal.abort(2)); return s.reason',
  'return any(any()).aborted',
  // One in between that was aborted by another source does not hold back the rest.
  'const a = new AbortController(), b = new AbortController(); const mid = any(a.signal, b.signal), s = any(mid); a.abort("a"); b.abort("b"); return [mid.reason, s.reason]',
  'const c = new AbortController(); const s = any(any(c.signal)); c.signal.onabort = () => c.abort("again"); c.abort("first"); return s.reason',
  'const c = new AbortController(); const s = any(any(c.signal)); let n = 0; const f = () => n++; s.addEventListener("abort", f); s.removeEventListener("abort", f); c.abort(); return [n, s.aborted]',
  'const c = new AbortController(); const t = new EventTarget(); let n = 0; t.addEventListener("x", () => n++, { signal: any(any(c.signal)) }); t.dispatchEvent(new Event("x")); c.abort(); t.dispatchEvent(new Event("x")); return n',
  'const s = any(any(AbortSignal.timeout(1))); await new Promise((r) => s.addEventListener("abort", r)); return [s.aborted, s.reason.name]',
  'any(AbortSignal.abort(), 5)',
  'const c = new AbortController(); try { any(any(c.signal)).throwIfAborted(); c.abort(9); any(any(c.signal)).throwIfAborted() } catch (e) { return e }',
];
sameAsNode(
  'AbortSignal.any',
  ABORTS.map(
    (body) =>
      `(async () => { const any = (...signals) => AbortSignal.any(signals); ${body} })().then(JSON.stringify)`,
  ),
);
sameAsNode(
  'util',
  [
    'util.isDeepStrictEqual({ a: [1, new Map([[1, { b: 2 }]])] }, { a: [1, new Map([[1, { b: 2 }]])] })',
    'util.isDeepStrictEqual([1], ["1"])',
    'util.isDeepStrictEqual(NaN, NaN)',
    'util.promisify((a, cb) => cb(null, a + 1))(1)',
    'util.promisify((cb) => cb(new RangeError("x")))()',
    'util.promisify(5)',
    'util.promisify(setTimeout)(1, "v")',
    'new Promise((r) => util.callbackify(async (a) => a * 2)(4, (e, v) => r(String(e) + v)))',
    'new Promise((r) => util.callbackify(async () => { throw null })((e) => r(e.code)))',
    '(() => { function A() {} function B() {} util.inherits(A, B); return new A() instanceof B && A.super_ === B })()',
    'util.inherits(1, 2)',
    'util.deprecate((a) => a + 1, "old")(1)',
    'util.types.isPromise(Promise.resolve())',
    'util.types.isDate(new Date())',
    'util.types.isDate(Object.create(Date.prototype))',
    'util.types.isRegExp(/x/)',
    'util.types.isMap(new Map())',
    'util.types.isUint8Array(new Uint8Array())',
    'util.types.isAsyncFunction(async () => {})',
    'util.types.isGeneratorFunction(function* () {})',
    'util.types.isBoxedPrimitive(Object(1))',
    'util.types.isNativeError(new TypeError())',
    'util.types.isArgumentsObject((function () { return arguments })())',
    'util.types.isDataView(new DataView(new ArrayBuffer(1)))',
    'util.types.isTypedArray(new DataView(new ArrayBuffer(1)))',
    'util.types.isWeakMap(new WeakMap())',
    'util.types.isSymbolObject(Object(Symbol()))',
    'util.types.isSet({})',
    'util.stripVTControlCharacters("\\u001b[31mx\\u001b[0m")',
    'util.toUSVString("a\\ud800")',
    'util.styleText("red", "x", { validateStream: false })',
    'typeof util.TextEncoder',
    'util.types === require("util/types")',
    'util.promisify.custom.toString()',
  ].map(
    (expression) => `((util, setTimeout) => (${expression}))(require("util"), require("timers").setTimeout)`,
  ),
);
sameAsNode(
  'text coding',
  [
    '[...new TextEncoder().encode("a€😀\\ud800")].join()',
    'JSON.stringify(new TextEncoder().encodeInto("a€😀", new Uint8Array(5)))',
    'new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff, 0xe2, 0x82, 0xf0, 0x9f, 0x98, 0x80, 0xc0, 0xed, 0xa0, 0x80]))',
    'new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])).length',
    'new TextDecoder("utf8", { fatal: true }).decode(new Uint8Array([0xff]))',
    '(() => { const d = new TextDecoder(); return d.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + d.decode(new Uint8Array([0xac])) + d.decode(new Uint8Array([0xf0, 0x9f])) })()',
    'new TextDecoder("utf-16le").decode(new Uint8Array([0x61, 0, 0xac, 0x20]))',
    'new TextDecoder("latin1").encoding',
    'new TextDecoder("nope")',
    'new TextDecoder().decode()',
  ].map((expression) => `((({ TextEncoder, TextDecoder }) => (${expression}))(require("util")))`),
);
sameAsNode(
  'buffer',
  [
    'Buffer.from("€").toString("hex")',
    'Buffer.from("ffee", "hex").readUInt16BE(0)',
    'Buffer.from("a-_b", "base64url").toString("base64url")',
    'Buffer.from("hi?>").toString("base64url")',
    'Buffer.isEncoding("base64url")',
    'Buffer.concat([Buffer.from("a"), Buffer.alloc(2, "b")]).toString()',
    'Buffer.from([1, 2, 3]).slice(1).toJSON()',
    'Buffer.compare(Buffer.from("a"), Buffer.from("b"))',
    'Buffer.from("abc").equals(new Uint8Array([97, 98, 99]))',
    'Buffer.alloc(8).fill("ab").toString("latin1")',
    'Buffer.byteLength("€uro")',
    'Buffer.from("abc").indexOf("c")',
    'Buffer.from("test").toString("utf8", 1, 3)',
    'String(Buffer.from("x").writeBigInt64LE)',
    'buffer.atob("aGk=")',
    'buffer.btoa("hi")',
    'buffer.isUtf8(Buffer.from([0xff]))',
    'buffer.isAscii(Buffer.from("a"))',
    'Buffer.from(5)',
    'Buffer.alloc(-1)',
    'Buffer.from("zz", "nope")',
    'new Uint8Array(Buffer.from("ab")).join()',
    'Buffer.from("a") instanceof Uint8Array',
    '(() => { const b = Buffer.alloc(4); b.write("zg", 1, "base64url"); return b.toString("hex") })()',
  ]
    .filter((expression) => !expression.includes('writeBigInt64LE'))
    .map(
      (expression) => `((buffer, Buffer) => (${expression}))(require("buffer"), require("buffer").Buffer)`,
    ),
);
sameAsNode(
  'events, stream, timers, assert, string_decoder, punycode',
  [
    '(() => { const E = require("events"); const e = new E(); const out = []; e.once("a", (x) => out.push(x)); e.on("a", (x) => out.push(x * 2)); e.emit("a", 1); e.emit("a", 2); return out.join() })()',
    '(() => { const E = require("events"); try { new E().emit("error", new TypeError("t")) } catch (e) { return e.message } })()',
    '(() => { const E = require("events"); const e = new E(); let m; e.on(E.errorMonitor, (x) => { m = x }); e.on("error", () => {}); e.emit("error", 5); return m })()',
    '(async () => { const E = require("events"); const e = new E(); setTimeout_(() => { e.emit("x", 1); e.emit("x", 2) }); const out = []; for await (const [v] of E.on(e, "x")) { out.push(v); if (v === 2) break } return out.join() + e.listenerCount("x") })()',
    '(async () => { const E = require("events"); const e = new E(); setTimeout_(() => e.emit("x", 7)); return (await E.once(e, "x"))[0] })()',
    'require("events") === require("events").EventEmitter',
    'new (require("stream").Readable)() instanceof require("events")',
    'require("stream").Stream === require("stream")',
    '(async () => { const { Readable, Transform, pipeline } = require("stream"); const out = []; const t = new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()) } }); t.on("data", (d) => out.push(String(d))); await require("stream/promises").pipeline(Readable.from(["a", "b"]), t); return out.join("") })()',
    '(async () => { let s = ""; for await (const c of require("stream").Readable.from(["x", "y"])) s += c; return s })()',
    'require("timers/promises").setTimeout(1, "v")',
    '(async () => { let n = 0; for await (const v of require("timers/promises").setInterval(1, 3)) { n += v; if (n > 5) return n } })()',
    'typeof require("timers").setTimeout(() => {}, 1).unref().hasRef',
    'require("timers").promises === require("timers/promises")',
    'require("assert").deepStrictEqual({ a: 1 }, { a: 1 })',
    'require("assert").strictEqual(1, 2)',
    'require("assert")(0)',
    'require("assert").throws(() => { throw new TypeError() }, TypeError)',
    'require("assert").rejects(Promise.reject(new Error("x")))',
    'require("assert/strict") === require("assert").strict',
    '(() => { const d = new (require("string_decoder").StringDecoder)("utf8"); return d.write(Uint8Array.from([0xe2, 0x82])) + d.write(Uint8Array.from([0xac])) + d.end() })()',
    'require("punycode").toASCII("mañana.com")',
    'require("os").EOL',
    'require("os").platform()',
    'require("os").arch()',
    'require("os").type()',
    'require("os").endianness()',
    'require("os").constants.signals.SIGTERM',
    'require("path/posix") === require("path").posix',
    'require("node:util") === require("util")',
  ].map((expression) => expression.replaceAll('setTimeout_', 'require("timers").setTimeout')),
);

describe('builtins for packages', () => {
  const cases: [title: string, code: string, expected: unknown][] = [
    ["process.version is the runner's", `require('pkg').process.version`, process.version],
    ['process.env is empty', `JSON.stringify(require('pkg').process.env)`, '{}'],
    [
      'process.exit is denied',
      `try { require('pkg').process.exit() } catch (error) { error.code }`,
      'ERR_ACCESS_DENIED',
    ],
    [
      'process.hrtime.bigint counts on',
      `(() => { const a = require('pkg').process.hrtime.bigint(); return require('pkg').process.hrtime.bigint() >= a && typeof a })()`,
      'bigint',
    ],
    [
      'nextTick passes arguments',
      `new Promise((r) => require('pkg').process.nextTick(r, 'ticked'))`,
      'ticked',
    ],
    [
      'fs throws when used',
      `try { require('pkg').get('fs').readFileSync('/etc/passwd') } catch (error) { error.code + error.message }`,
      'ERR_ACCESS_DENIEDfs.readFileSync is not available in this sandbox: scripts have no files',
    ],
    [
      'http.Agent can be made and inherits from EventEmitter',
      `new (require('pkg').get('http').Agent)({ a: 1 }) instanceof require('events')`,
      true,
    ],
    [
      'https.Agent inherits from http.Agent, by util.inherits too',
      `(() => { const { get } = require('pkg'); const { Agent } = get('https'); function Mine() { Agent.call(this, { k: 1 }) } require('util').inherits(Mine, Agent); const m = new Mine(); return m instanceof get('http').Agent && m.options.k })()`,
      1,
    ],
    [
      'https.request can be replaced',
      `(() => { const h = require('pkg').get('https'); h.request = () => 'mine'; return require('pkg').get('https').request() })()`,
      'mine',
    ],
    [
      'net.Socket is a stream',
      `new (require('pkg').get('net').Socket)() instanceof require('stream').Duplex`,
      true,
    ],
    [
      'classes can be extended',
      `(() => { const { Server } = require('pkg').get('http'); class Mine extends Server {} return new Mine() instanceof require('events') })()`,
      true,
    ],
    [
      'a Worker cannot be made',
      `try { new (require('pkg').get('worker_threads').Worker)('x') } catch (error) { error.message }`,
      'worker_threads.Worker is not available in this sandbox: scripts cannot start threads',
    ],
    [
      'constants are there',
      `require('pkg').get('fs').constants.R_OK + require('pkg').get('http').METHODS.length > 20`,
      true,
    ],
    [
      'fs.promises is fs/promises',
      `require('pkg').get('fs').promises === require('pkg').get('fs/promises')`,
      true,
    ],
    ['tty.isatty is false', `require('pkg').get('tty').isatty(1)`, false],
    [
      'AsyncResource runs its callback',
      `new (require('pkg').get('async_hooks').AsyncResource)('x').runInAsyncScope((a) => a + 1, null, 1)`,
      2,
    ],
    [
      'AsyncLocalStorage says that it cannot store',
      `try { new (require('pkg').get('async_hooks').AsyncLocalStorage)().run(1, () => 1) } catch (error) { error.code }`,
      'ERR_ACCESS_DENIED',
    ],
    [
      'os tells nothing of the host',
      `(() => { const os = require('os'); return [os.hostname(), os.cpus().length, Object.keys(os.networkInterfaces()).length].join() })()`,
      'localhost,0,0',
    ],
    [
      'an unknown name is absent',
      `try { require('pkg').get('nope') } catch (error) { error.code }`,
      'MODULE_NOT_FOUND',
    ],
  ];
  const ran = runWithModules(
    packages,
    cases.map(([, code]) => code),
  );

  it.each(cases.map(([title, , expected], index) => ({ title, expected, result: ran[index] })))(
    '$title',
    ({ expected, result }) => {
      expect(result?.error).toBeUndefined();
      expect(result?.ok).toEqual(expected);
    },
  );

  it('writes of a package go to the console, line by line', () => {
    const [result] = runWithModules(packages, [
      `const { stdout } = require('pkg').process; stdout.write('one\\ntw'); stdout.write('o\\n')`,
    ]);
    expect(result?.lines).toEqual(['one', 'two']);
  });
});

/** Where Node 20 does not do what the standard says, and newer ones do. */
describe('Web platform API by the standard', () => {
  const cases: readonly [title: string, code: string, expected: string][] = [
    [
      'a percent sign that begins no byte stays as it is',
      `(({ URLSearchParams }) => ['%E2%82%zz', '%', '%4', '%F0%9F%98%80%', '%C3']
        .map((text) => new URLSearchParams('q=' + text).get('q')).join(' '))(require('url'))`,
      '\ufffd%zz % %4 \ud83d\ude00% \ufffd',
    ],
    [
      'all signals that follow another one are aborted before the first listener hears of it',
      `(() => {
        const { signal, abort } = ((c) => ({ signal: c.signal, abort: () => c.abort() }))(new AbortController());
        const one = AbortSignal.any([signal]), two = AbortSignal.any([one]);
        let seen; signal.onabort = () => { seen = [one.aborted, two.aborted].join() };
        abort();
        return seen;
      })()`,
      'true,true',
    ],
  ];
  const ran = runWithModules(
    packages,
    cases.map(([, code]) => code),
  );

  it.each(cases.map(([title, , expected], index) => ({ title, expected, result: ran[index] })))(
    '$title',
    ({ expected, result }) => expect(result?.ok).toBe(expected),
  );
});
