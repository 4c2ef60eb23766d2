import { fromLatin1 } from '../../boundary/latin1.js';
import type { EgressStream } from '../../boundary/egress/egress-client.js';
import { ReceiveWindow } from '../../boundary/egress/receive-window.js';
import type { Decode } from '../kit/parts.js';
import { Content } from './content.js';
import { type ByteController, byteStream, closeStream, isReadable, type WebStream } from './web-stream.js';

interface Waiting {
  readonly parts: Uint8Array[] | undefined;
  readonly done: (content: Content) => void;
  readonly failed: (error: unknown) => void;
}

/** The body of a response, as it comes from the gateway. Until somebody reads it, a window of it is kept at most. */
export class ReceivedBody {
  #waitingTexts: string[] = [];
  #isComplete = false;
  #error: { readonly reason: unknown } | undefined;
  /** Who reads it whole. */
  #whole: Waiting | undefined;
  #controller: ByteController | undefined;
  #stream: WebStream | undefined;
  #wake: (() => void) | undefined;
  #decode: Decode | undefined;
  readonly #window: ReceiveWindow;

  /**
   * @param makeDecode makes the decoder of the body, on its first read
   * @param over called when it was read to its end, or never will be
   */
  constructor(
    private readonly exchange: EgressStream,
    private readonly makeDecode: (() => Decode) | undefined,
    private readonly over: () => void,
  ) {
    this.#window = new ReceiveWindow(() => exchange);
  }

  /** @param text one character a byte */
  received(text: string): void {
    if (this.#error !== undefined) return;
    this.#waitingTexts.push(text);
    this.#window.received(text.length, this.#whole !== undefined);
    if (this.#whole?.parts !== undefined) this.#decodeInto(this.#whole.parts);
    this.#wake?.();
  }

  /** The last byte has come. */
  ended(): void {
    if (this.#error !== undefined) return;
    this.#isComplete = true;
    this.#finish();
    this.#wake?.();
  }

  /** The rest does not come. Readers get the error, but for a body that was read to its end. */
  fail(reason: unknown): void {
    if (this.#error !== undefined) return;
    this.#error = { reason };
    this.over();
    this.#waitingTexts = [];
    this.#whole?.failed(reason);
    this.#whole = undefined;
    if (this.#stream !== undefined && isReadable(this.#stream)) this.#controller?.error(reason);
    this.#wake?.();
  }

  /** Reads all of it; nothing else reads then. */
  readAll(done: (content: Content) => void, failed: (error: unknown) => void): void {
    if (this.#error !== undefined) return failed(this.#error.reason);
    this.#decode ??= this.makeDecode?.();
    const parts: Uint8Array[] | undefined = this.#decode === undefined ? undefined : [];
    this.#whole = { parts, done, failed };
    this.#window.release();
    if (parts !== undefined) this.#decodeInto(parts);
    if (this.#isComplete) this.#finish();
  }

  /** The body as a stream of bytes; nothing else reads then. */
  stream(): WebStream {
    this.#stream = byteStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: (controller) => this.#pull(controller),
      cancel: () => this.discard(),
    });
    if (this.#error !== undefined) this.#controller?.error(this.#error.reason);
    return this.#stream;
  }

  /** Nobody wants the rest. */
  discard(): void {
    this.#waitingTexts = [];
    this.over();
    if (this.#isComplete || this.#error !== undefined) return;
    this.#error = { reason: new TypeError('terminated') };
    this.exchange.abort();
  }

  async #pull(controller: ByteController): Promise<void> {
    try {
      for (;;) {
        if (this.#error !== undefined) return;
        const isLast = this.#isComplete;
        let isEnqueued = false;
        for (const bytes of this.#take(isLast)) {
          if (bytes.length === 0) continue;
          controller.enqueue(bytes);
          isEnqueued = true;
        }
        if (isLast) {
          this.over();
          return closeStream(controller);
        }
        if (isEnqueued) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
        this.#wake = undefined;
      }
    } catch (error) {
      this.discard();
      controller.error(terminated(error));
    }
  }

  /** The bytes of what has come, decoded. */
  #take(isLast: boolean): Uint8Array[] {
    const texts = this.#waitingTexts;
    this.#waitingTexts = [];
    this.#window.release();
    this.#decode ??= this.makeDecode?.();
    const decode = this.#decode;
    if (decode === undefined) return texts.map((text) => fromLatin1(text, 0, text.length));
    const parts = texts.flatMap((text) => decode(text));
    return isLast ? [...parts, ...decode(undefined)] : parts;
  }

  #decodeInto(parts: Uint8Array[]): void {
    try {
      parts.push(...this.#take(false));
    } catch (error) {
      this.exchange.abort();
      this.fail(terminated(error));
    }
  }

  #finish(): void {
    const whole = this.#whole;
    if (whole === undefined) return;
    this.#whole = undefined;
    this.over();
    let content: Content;
    try {
      if (whole.parts === undefined) content = Content.ofLatin1(this.#waitingTexts.join(''));
      else content = Content.ofParts([...whole.parts, ...this.#take(true)]);
    } catch (error) {
      return whole.failed(terminated(error));
    }
    this.#waitingTexts = [];
    whole.done(content);
  }
}

/** The error of a body that breaks off. */
export function terminated(cause: unknown): TypeError {
  return new TypeError('terminated', { cause });
}
