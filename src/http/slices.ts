const SLICE_BYTES = 64 * 1024;

/** A body in parts that are written one after the other, so that it shows how much of it the client has taken. */
export function* slices(body: Buffer): Iterable<Buffer> {
  for (let start = 0; start < body.length; start += SLICE_BYTES) {
    yield body.subarray(start, start + SLICE_BYTES);
  }
}

export function isLong(body: Buffer): boolean {
  return body.length > SLICE_BYTES;
}
