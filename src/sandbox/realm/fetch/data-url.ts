import { part } from '../kit/parts.js';
import { parseMimeType, serializeMimeType } from './mime-type.js';

/** The standard's "data: URL processor": https://fetch.spec.whatwg.org/#data-url-processor. Undefined for an invalid one. */
export function decodeDataUrl(url: string): { readonly type: string; readonly latin1: string } | undefined {
  const comma = url.indexOf(',');
  if (comma === -1) return undefined;
  const written = url.slice('data:'.length, comma).trim();
  const decoded = url
    .slice(comma + 1)
    .replaceAll(/%([\dA-F]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  const encoding = /; *base64$/i.exec(written);
  const latin1 = encoding === null ? decoded : decodeBase64(decoded);
  if (latin1 === undefined) return undefined;
  const essence = encoding === null ? written : written.slice(0, encoding.index);
  const type = parseMimeType(essence.startsWith(';') ? `text/plain${essence}` : essence);
  return { type: type === undefined ? 'text/plain;charset=US-ASCII' : serializeMimeType(type), latin1 };
}

/** https://infra.spec.whatwg.org/#forgiving-base64-decode */
function decodeBase64(text: string): string | undefined {
  const dense = text.replaceAll(/[\t\n\f\r ]/g, '');
  const bare = dense.length % 4 === 0 ? dense.replace(/={1,2}$/, '') : dense;
  if (bare.length % 4 === 1 || /[^+/\dA-Za-z]/.test(bare)) return undefined;
  return part('buffer').Buffer.from(bare, 'base64').toString('latin1');
}
