/** What the port of `fetch`'s classes means by free names: the context's own, whatever the script made of its globals. */
type Exports = Record<string, new () => object>;

export const { AbortController, AbortSignal, DOMException, Event, EventTarget } =
  require('event-target') as Exports;
export const { Blob, File } = require('blob') as Exports;
export const { Buffer } = require('buffer') as Exports;
export const { ReadableStream, TransformStream } = require('web-streams') as Exports;
export const { TextDecoder, TextEncoder } = require('text-coding') as Exports;
export const { URL, URLSearchParams } = require('url') as Exports;

/** There are none here; it only looks whether something is one. */
// oxlint-disable-next-line typescript/no-extraneous-class -- only `instanceof` looks at it
export class MessagePort {}

export const process = { versions: { node: '24.0.0' }, platform: 'linux', emitWarning: () => undefined };
export const { setTimeout, clearTimeout } = environment.timers;
export const queueMicrotask = (callback: () => void) => environment.queueMicrotask(callback);

/** Undici tells it how long each fetch took. */
export const performance = { markResourceTiming: () => undefined };
