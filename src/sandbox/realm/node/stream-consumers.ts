type Source = AsyncIterable<unknown> | Iterable<unknown>;
interface Bytes extends Uint8Array<ArrayBuffer> {
  toString(encoding?: string): string;
}

async function buffer(source: Source): Promise<Bytes> {
  const { Buffer } = require('buffer') as {
    Buffer: { from(value: unknown): Bytes; concat(list: readonly Bytes[]): Bytes };
  };
  const chunks: Bytes[] = [];
  for await (const chunk of source) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function text(source: Source): Promise<string> {
  const { TextDecoder } = require('text-coding') as {
    TextDecoder: new () => { decode(bytes?: unknown, options?: { stream: boolean }): string };
  };
  const decoder = new TextDecoder();
  let all = '';
  for await (const chunk of source)
    all += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return all + decoder.decode();
}

/** Node's `stream/consumers`. */
export default {
  buffer,
  text,
  json: async (source: Source): Promise<unknown> => JSON.parse(await text(source)) as unknown,
  arrayBuffer: async (source: Source): Promise<ArrayBuffer> => {
    const bytes = await buffer(source);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  },
  blob: async (source: Source): Promise<unknown> => {
    const { Blob } = require('blob') as { Blob: new (parts: readonly unknown[]) => object };
    return new Blob([await buffer(source)]);
  },
};
