const bytesOf = (value: ArrayBuffer | ArrayBufferView) =>
  ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);

export function isAscii(value: ArrayBuffer | ArrayBufferView): boolean {
  return bytesOf(value).every((byte) => byte < 0x80);
}

export function isUtf8(value: ArrayBuffer | ArrayBufferView): boolean {
  const { TextDecoder } = require('text-coding') as {
    TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };
  };
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(value));
    return true;
  } catch {
    return false;
  }
}
