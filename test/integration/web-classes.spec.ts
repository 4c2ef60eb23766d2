/** Web classes beside `fetch`: what they are called, signals of signals, and the ports of a channel, as in Node. */
import { evaluatedByNode, runWithModules } from '../support/modules.js';

const named = (values: string): string => `[${values}].map((value) => value.constructor.name)`;
/** What comes over a channel, until `done` is called with it. */
const channel = (body: string): string =>
  `new Promise((done) => { const { port1, port2 } = new MessageChannel(); const end = (value) => { port1.close(); done(value); }; ${body} })`;

const EXPRESSIONS = [
  named(
    'new Blob([]), new URL("http://a"), new AbortController(), new AbortController().signal, new Event("a"), new FormData(), new Headers(), new Response(), new Request("http://a")',
  ),
  named(
    'new URLSearchParams(), new TextEncoder(), new File([], "x"), new EventTarget(), new CustomEvent("a")',
  ),
  named(
    'new ReadableStream(), new WritableStream(), new TransformStream(), new ReadableStream().getReader()',
  ),
  named('new MessageChannel(), (({ port1, port2 }) => (port2.close(), port1))(new MessageChannel())'),
  '[Blob, File, URL, URLSearchParams, AbortController, AbortSignal, Event, EventTarget, FormData, Headers, Request, Response, MessageChannel, MessagePort].map((kind) => kind.name)',
  '[require("stream").Readable, require("stream").Writable, require("stream").Duplex, require("stream").Transform, require("events")].map((kind) => kind.name)',
  'require("util").inspect(new ReadableStream())',
  'require("util").inspect(new Response("x").body)',
  'require("util").inspect(new WritableStream())',
  '(() => { const c = new AbortController(); const s = AbortSignal.any([AbortSignal.any([c.signal])]); c.abort("r"); return [s.aborted, s.reason] })()',
  '(() => { const c = new AbortController(); const s = AbortSignal.any([AbortSignal.any([AbortSignal.any([c.signal]), new AbortController().signal])]); let heard = 0; s.onabort = () => { heard++ }; c.abort("r"); return [s.aborted, s.reason, heard] })()',
  '(() => { const c = new AbortController(); c.abort("r"); return AbortSignal.any([AbortSignal.any([c.signal])]).reason })()',
  '(() => { const a = new AbortController(), b = new AbortController(); const s = AbortSignal.any([AbortSignal.any([a.signal]), AbortSignal.any([b.signal])]); b.abort(2); a.abort(1); return s.reason })()',
  'AbortSignal.any([AbortSignal.any([])]).aborted',
  '(async () => { const s = AbortSignal.any([AbortSignal.any([AbortSignal.timeout(5)])]); await new Promise((resolve) => s.addEventListener("abort", resolve)); return s.reason.name })()',
  channel('port2.on("message", end); port1.postMessage({ a: [1] })'),
  channel('port2.once("message", end); port1.postMessage(1); port1.postMessage(2)'),
  channel('port2.addEventListener("message", ({ data }) => end(data)); port1.postMessage(1)'),
  channel('port2.onmessage = ({ data }) => end(data); port1.postMessage(1)'),
  channel(
    'port2.onmessage = (event) => end([event.constructor.name, event.type, event.ports, event.origin, event.lastEventId, event.source]); port1.postMessage(1)',
  ),
  channel(
    'const seen = []; port2.on("message", (value) => { seen.push(value); if (seen.length === 3) end(seen) }); for (const value of [1, 2, 3]) port1.postMessage(value)',
  ),
  channel('port1.postMessage("early"); setTimeout(() => port2.on("message", end), 5)'),
  channel('port2.on("close", () => end("closed")); port2.on("message", () => {}); port1.close()'),
  channel('port1.on("close", () => end("closed")); port2.close()'),
  channel(
    'const never = () => end("never"); port2.on("message", never); port2.off("message", never); port2.on("message", (value) => end(value)); port1.postMessage(1)',
  ),
  channel(
    'const bytes = new Uint8Array([7]); port2.on("message", (value) => end([value[0], value instanceof Uint8Array])); port1.postMessage(bytes)',
  ),
  channel('try { port1.postMessage(() => {}) } catch (error) { end(error.name) }'),
  'new MessageChannel().port1 instanceof EventTarget',
  '(() => { try { new MessagePort() } catch (error) { return error.name } })()',
  'new Promise((resolve) => require("stream").Readable.from(["a", "b"]).pipe(new (require("stream").PassThrough)()).on("data", () => {}).on("end", () => resolve("ended")))',
  '(() => { const { addAbortSignal, Readable } = require("stream"); const c = new AbortController(); const r = addAbortSignal(c.signal, new Readable({ read() {} })); return new Promise((resolve) => { r.on("error", (error) => resolve(error.name)); c.abort() }) })()',
  'require("stream").Readable.from([1, 2, 3]).map((x) => x * 2).toArray()',
  'require("stream").compose(async function* (source) { for await (const chunk of source) yield String(chunk).toUpperCase() }).end("a").toArray().then((all) => all.map(String))',
  '(() => { try { require("assert").deepStrictEqual({ a: 1 }, { a: 2 }) } catch (error) { return [error.name, error.code, error.message.includes("a: 1")] } })()',
  '(() => { try { require("assert").match("a", /b/) } catch (error) { return error.code } })()',
  '(() => { try { require("assert")(0) } catch (error) { return error.code } })()',
];

const inNode = evaluatedByNode(EXPRESSIONS);
const inContext = runWithModules(
  [],
  EXPRESSIONS.map((expression) => `(async () => JSON.stringify((await (${expression})) ?? null))()`),
);

it.each(EXPRESSIONS.map((expression, index) => ({ expression, index })))(
  'gives what Node gives for $expression',
  ({ index }) => {
    const { ok, error } = inContext[index] ?? {};
    expect(error).toBeUndefined();
    expect(JSON.parse(String(ok))).toEqual(inNode[index]);
  },
);
