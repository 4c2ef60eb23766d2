interface Stream {
  push(chunk: unknown): boolean;
  on(type: string, listener: () => void): unknown;
}
type Done = (error?: unknown) => void;
type Duplex = new (options: object) => Stream;

/** One of two connected streams: `other` reads what is written to it. */
interface End {
  stream: Stream | undefined;
  /** Called when the stream reads on, after it wanted no more. */
  resume: Done | undefined;
}

/** Two streams, each of which reads what is written to the other one. */
export function duplexPair(Duplex: Duplex, options: object = {}): [Stream, Stream] {
  const ends: [End, End] = [
    { stream: undefined, resume: undefined },
    { stream: undefined, resume: undefined },
  ];
  return [connected(Duplex, options, ends[0], ends[1]), connected(Duplex, options, ends[1], ends[0])];
}

function connected(Duplex: Duplex, options: object, own: End, other: End): Stream {
  own.stream = new Duplex({
    ...options,
    read() {
      const { resume } = own;
      own.resume = undefined;
      resume?.();
    },
    write(chunk: { readonly length: number }, _encoding: string, done: Done) {
      if (chunk.length === 0) environment.queueMicrotask(done);
      else {
        other.resume = done;
        other.stream?.push(chunk);
      }
    },
    final(done: Done) {
      other.stream?.on('end', done);
      other.stream?.push(null);
    },
  });
  return own.stream;
}
