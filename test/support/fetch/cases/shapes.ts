/** Expressions about the shape of the classes, which libraries and tests look at. */
const CLASSES = ['Headers', 'Request', 'Response', 'FormData'];
const WEB = [
  ...CLASSES,
  'Blob',
  'File',
  'URL',
  'URLSearchParams',
  'AbortController',
  'AbortSignal',
  'Event',
  'EventTarget',
  'CustomEvent',
  'DOMException',
  'MessageChannel',
  'MessagePort',
  'ReadableStream',
  'WritableStream',
  'TransformStream',
  'ReadableStreamDefaultReader',
  'ReadableStreamBYOBReader',
  'ReadableStreamDefaultController',
  'ReadableByteStreamController',
  'WritableStreamDefaultWriter',
  'WritableStreamDefaultController',
  'TransformStreamDefaultController',
  'ByteLengthQueuingStrategy',
  'CountQueuingStrategy',
  'TextEncoderStream',
  'TextDecoderStream',
  'CompressionStream',
  'DecompressionStream',
];

export const shapes: readonly string[] = [
  ...WEB.map(
    (name) =>
      `[${name}.name, Object.prototype.toString.call(${name}.prototype), descriptor(globalThis, "${name}")]`,
  ),
  ...CLASSES.map(
    (name) =>
      `Object.getOwnPropertyNames(${name}.prototype).filter((key) => !["textStream", "attribute"].includes(key)).sort().map((key) => [key, descriptor(${name}.prototype, key)])`,
  ),
  ...CLASSES.map(
    (name) =>
      `Object.getOwnPropertyNames(${name}).filter((key) => key !== "prototype").sort().map((key) => [key, ...descriptor(${name}, key).slice(0, 3)])`,
  ),
  ...CLASSES.map(
    (name) =>
      `Object.getOwnPropertyNames(${name}.prototype).filter((key) => key !== "textStream" && typeof Object.getOwnPropertyDescriptor(${name}.prototype, key).value === "function").sort().map((key) => [key, ${name}.prototype[key].name])`,
  ),
  '[fetch.name, fetch.length, typeof fetch, descriptor(globalThis, "fetch").slice(-1)]',
  'Headers.prototype[Symbol.iterator] === Headers.prototype.entries',
  'FormData.prototype[Symbol.iterator] === FormData.prototype.entries',
  '[TextEncoder.name, TextDecoder.name]',
  'CLASS_KEYS',
  '[new Blob([]), new URL("http://a"), new AbortController().signal, new Event("a"), new FormData(), new Headers(), new Response()].map((x) => x.constructor.name)',
  '[new URLSearchParams(), new TextEncoder(), new File([], "x"), new EventTarget(), new MessageChannel().port1].map((x) => x.constructor.name)',
  '[new ReadableStream(), new WritableStream(), new TransformStream(), new ReadableStream().getReader()].map((x) => x.constructor.name)',
  'Object.getOwnPropertyNames(new Response("x"))',
  'Object.getOwnPropertyNames(new Request("http://a/"))',
  '[new Response("x") instanceof Response, Object.create(Response.prototype) instanceof Response, new Headers() instanceof Headers]',
  'Reflect.construct(Headers, [{ a: "1" }], class Mine {}) instanceof Headers',
  'fetch("http://a:b@c/").constructor === Promise || fetch("x:").catch(() => {}) instanceof Promise',
].map((expression) => {
  const shown = expression.replace('CLASS_KEYS', '[Object.keys(new Headers()), Object.keys(new FormData())]');
  return shown.startsWith('failing') ? shown : `failing(() => ${shown})`;
});
