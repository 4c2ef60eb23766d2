/** Walks what builtins and globals export. Completes to JSON: for each function and object its name, its tag and the name of its constructor. */
(() => {
  const found = {};
  const seen = new Set();
  const LEFT_OUT = new Set(['arguments', 'callee', 'caller', 'constructor', 'super_']);
  const walk = (value, path, depth) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value))
      return;
    seen.add(value);
    const tag = Object.prototype.toString.call(value);
    found[path] = [
      typeof value === 'function' ? value.name : '',
      tag,
      value.constructor?.name,
      typeof value === 'function' ? value.length : 0,
    ];
    if (depth === 3) return;
    for (const key of Reflect.ownKeys(value)) {
      const descriptor = Object.getOwnPropertyDescriptor(value, key);
      const { value: member } = descriptor;
      if (
        LEFT_OUT.has(key) ||
        descriptor.get !== undefined ||
        (typeof key === 'symbol' && typeof member !== 'function')
      )
        continue;
      walk(member, `${path}.${String(key)}`, depth + 1);
    }
  };
  const modules =
    'assert buffer console crypto diagnostics_channel events http https path perf_hooks punycode querystring stream string_decoder timers url util zlib';
  for (const name of modules.split(' ')) walk(require(name), name, 0);
  const globals =
    'AbortController AbortSignal Blob Buffer ByteLengthQueuingStrategy CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DecompressionStream Event EventTarget File FormData Headers MessageChannel MessagePort Performance PerformanceEntry PerformanceMark PerformanceMeasure ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader Request Response SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream TransformStreamDefaultController URL URLSearchParams WritableStream WritableStreamDefaultController WritableStreamDefaultWriter atob btoa clearImmediate clearInterval clearTimeout console fetch performance queueMicrotask setImmediate setInterval setTimeout structuredClone';
  for (const name of globals.split(' ')) walk(globalThis[name], name, 0);
  return JSON.stringify(found);
})();
