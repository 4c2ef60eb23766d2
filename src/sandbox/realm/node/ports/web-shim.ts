/** The globals in undici's classes: the context's own, whatever the script has assigned to its globals. */
type Exports = Record<string, new () => object>;

export const { AbortController, AbortSignal, DOMException, Event, EventTarget } =
  require('event-target') as Exports;
export const { Blob, File } = require('blob') as Exports;
export const { Buffer } = require('buffer') as Exports;
export const { ReadableStream, TransformStream } = require('web-streams') as Exports;
export const { TextDecoder, TextEncoder } = require('text-coding') as Exports;
export const { URL, URLSearchParams } = require('url') as Exports;

/** No value is one; undici only checks for it. */
// oxlint-disable-next-line typescript/no-extraneous-class -- only used with `instanceof`
export class MessagePort {}

export const process = { versions: { node: '24.0.0' }, platform: 'linux', emitWarning: () => undefined };
export const { setTimeout, clearTimeout } = environment.timers;
export const queueMicrotask = (callback: () => void) => environment.queueMicrotask(callback);

/** Undici reports the duration of each fetch to it. */
export const performance = { markResourceTiming: () => undefined };
