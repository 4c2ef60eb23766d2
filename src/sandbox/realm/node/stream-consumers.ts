import { type Bytes, part } from '../kit/parts.js';

type Source = AsyncIterable<unknown> | Iterable<unknown>;

async function buffer(source: Source): Promise<Bytes> {
  const { Buffer } = part('buffer');
  const chunks: Bytes[] = [];
  for await (const chunk of source) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function text(source: Source): Promise<string> {
  const decoder = new (part('text-coding').TextDecoder)();
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
    const { Blob } = part('blob');
    return new Blob([await buffer(source)]);
  },
};
