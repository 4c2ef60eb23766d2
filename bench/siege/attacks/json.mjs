// Texts of JSON that are as large as a frame may be, and as dear to read as they can be.

/** A frame and a body may have 8 MiB; the rest is for what is around. */
export const LARGEST = 8 * 2 ** 20 - 1024;

/** Items, with commas between, of so many bytes in all. */
export function items(bytes, itemOf) {
  const parts = [];
  for (let i = 0, length = 0; ; i++) {
    const item = itemOf(i);
    length += item.length + 1;
    if (length > bytes) return parts.join(',');
    parts.push(item);
  }
}

/** So many items. */
export const itemsOf = (count, itemOf) => Array.from({ length: count }, (_, i) => itemOf(i)).join(',');

export const key = (i) => `"k${i.toString(36)}":0`;
export const name = (i) => `"k${i.toString(36)}"`;
/** An object of a hidden class of its own. */
export const shape = (i) => `{"k${i.toString(36)}":0}`;

/** Arrays within arrays, open and closed again. */
export const nested = (bytes) => `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`;

/** A request as a frame's text. */
export const request = (payload, { method = 'runtime.execute', id = 1, rest = '' } = {}) =>
  `{"type":"req","method":"${method}","id":${id},"payload":${payload}${rest}}`;

const LARGE_LIST = LARGEST - 256;
const payload = (fields) => `{"code":"","call":"f",${fields}}`;
const dots = (bytes) => `a${'.a'.repeat(bytes / 2)}`;

/** Payloads of `runtime.execute`: over WebSocket in a frame, over HTTP as a body. Each is made only when it is wanted. */
export const PAYLOADS = {
  'functions-dots-64k': () => payload(`"options":{"functions":["${dots(65_536)}"]}`),
  'functions-dots-8m': () => payload(`"options":{"functions":["${dots(LARGE_LIST)}"]}`),
  'functions-60k': () => payload(`"options":{"functions":[${itemsOf(60_000, name)}]}`),
  'functions-2m': () => payload(`"options":{"functions":[${itemsOf(2_000_000, () => '[]')}]}`),
  'modules-60k': () => payload(`"options":{"modules":[${itemsOf(60_000, name)}]}`),
  'modules-2m': () => payload(`"options":{"modules":[${itemsOf(2_000_000, () => '""')}]}`),
  'options-keys-400k': () => payload(`"options":{${itemsOf(400_000, key)}}`),
  'console-keys-400k': () => payload(`"options":{"console":{${itemsOf(400_000, key)}}}`),
  'options-deep': () => payload(`"options":{"console":${nested(4096)}}`),
  'options-deep-8m': () => payload(`"options":{"console":${nested(LARGE_LIST)}}`),
  'globals-deep': () => payload(`"globals":{"a":${nested(LARGE_LIST)}}`),
  'globals-keys': () => payload(`"globals":{${items(LARGE_LIST, key)}}`),
  'globals-shapes': () => payload(`"globals":{"a":[${items(LARGE_LIST, shape)}]}`),
  'globals-lists': () => payload(`"globals":{"a":[${items(LARGE_LIST, () => '[]')}]}`),
  'globals-objects': () => payload(`"globals":{"a":[${items(LARGE_LIST, () => '{}')}]}`),
  'globals-numbers': () => payload(`"globals":{"a":[${items(LARGE_LIST, (i) => `${i}.7e-9`)}]}`),
  'globals-string': () => payload(`"globals":{"a":"${'x'.repeat(LARGE_LIST)}"}`),
  'globals-escapes': () => payload(String.raw`"globals":{"a":"${'\\u00e9'.repeat(LARGE_LIST / 6)}"}`),
  'code-escapes': () => `{"call":"f","code":"${'\\u0041'.repeat(LARGE_LIST / 6)}"}`,
  'unknown-fields': () => payload(items(LARGE_LIST, key)),
};
