import { defineHidden } from '../kit/define.js';

type Inspect = (value: unknown, options: object) => string;
interface StreamClass {
  readonly prototype: object;
}

/** How the port of web streams names its inner state. */
interface Inner {
  readonly locked: boolean;
  readonly readable: unknown;
  readonly writable: unknown;
  readonly _state: string;
  readonly _backpressure: boolean;
  readonly _readableStreamController: object;
}

/** Makes streams print as in Node, without the inner state of the port. */
export function addInspection(
  streams: Readonly<Record<'ReadableStream' | 'TransformStream' | 'WritableStream', StreamClass>> & {
    readonly ReadableByteStreamController: new () => object;
  },
): void {
  const shown: Readonly<Record<string, (stream: Inner) => object>> = {
    ReadableStream: ({ locked, _state: state, _readableStreamController: controller }) => ({
      locked,
      state,
      supportsBYOB: controller instanceof streams.ReadableByteStreamController,
    }),
    WritableStream: ({ locked, _state: state }) => ({ locked, state }),
    TransformStream: ({ readable, writable, _backpressure: backpressure }) => ({
      readable,
      writable,
      backpressure,
    }),
  };
  for (const [name, describe] of Object.entries(shown))
    defineHidden(
      (streams as unknown as Record<string, StreamClass>)[name]?.prototype ?? {},
      Symbol.for('nodejs.util.inspect.custom'),
      function (this: Inner, depth: number, options: object, inspect: Inspect): unknown {
        return depth < 0 ? this : `${name} ${inspect(describe(this), options)}`;
      },
    );
}
