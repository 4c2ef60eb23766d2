import { part } from '../kit/parts.js';

export interface Streams {
  readonly TransformStream: new (transformer: object) => {
    readonly readable: unknown;
    readonly writable: unknown;
  };
}
interface Controller {
  enqueue(chunk: unknown): void;
}

const LEAD = /[\uD800-\uDBFF]$/;

function enqueueText(controller: Controller, text: string): void {
  if (text !== '') controller.enqueue(text);
}

/** The standard's TextEncoderStream and TextDecoderStream. */
export function textStreams({ TransformStream }: Streams) {
  class TextEncoderStream {
    readonly #stream;

    constructor() {
      const encoder = new (part('text-coding').TextEncoder)();
      let lead = '';
      const enqueue = (controller: Controller, text: string) => {
        if (text !== '') controller.enqueue(encoder.encode(text));
      };
      this.#stream = new TransformStream({
        transform(chunk: unknown, controller: Controller) {
          const text = lead + String(chunk);
          // The first half of a character waits for the second.
          lead = LEAD.exec(text)?.[0] ?? '';
          enqueue(controller, text.slice(0, text.length - lead.length));
        },
        flush: (controller: Controller) => enqueue(controller, lead),
      });
    }

    get encoding(): string {
      return 'utf-8';
    }

    get readable(): unknown {
      return this.#stream.readable;
    }

    get writable(): unknown {
      return this.#stream.writable;
    }
  }

  class TextDecoderStream {
    readonly #decoder;
    readonly #stream;

    constructor(label?: unknown, options?: object) {
      const decoder = new (part('text-coding').TextDecoder)(label, options);
      this.#decoder = decoder;
      this.#stream = new TransformStream({
        transform(chunk: unknown, controller: Controller) {
          enqueueText(controller, decoder.decode(chunk, { stream: true }));
        },
        flush: (controller: Controller) => enqueueText(controller, decoder.decode()),
      });
    }

    get encoding(): string {
      return this.#decoder.encoding;
    }

    get fatal(): boolean {
      return this.#decoder.fatal;
    }

    get ignoreBOM(): boolean {
      return this.#decoder.ignoreBOM;
    }

    get readable(): unknown {
      return this.#stream.readable;
    }

    get writable(): unknown {
      return this.#stream.writable;
    }
  }

  return { TextEncoderStream, TextDecoderStream };
}
