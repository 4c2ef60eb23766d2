import { decodeDataUrl } from '../fetch/data-url.js';
import { decoder } from '../fetch/decoder.js';
import { matches } from '../fetch/integrity.js';
import { extractMimeType, serializeMimeType } from '../fetch/mime-type.js';
import { encodeForm, parseForm } from '../fetch/multipart.js';
import { refererOf } from '../fetch/referer.js';

/** The `type` of a blob from a `content-type`. */
function serializedMimeType(header: string): string {
  const type = extractMimeType(header);
  return type === undefined ? '' : serializeMimeType(type);
}

/** What `fetch` needs for some requests only: loaded at the first one that does. */
export default { decodeDataUrl, decoder, encodeForm, matches, parseForm, refererOf, serializedMimeType };
