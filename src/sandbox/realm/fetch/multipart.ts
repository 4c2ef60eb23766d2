import { fromLatin1 } from '../../boundary/latin1.js';
import { type FormEntry, part } from '../kit/parts.js';
import { Content, encodeUtf8 } from './content.js';
import { extractMimeType } from './mime-type.js';

const escaped = (name: string): string =>
  name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
const unescaped = (name: string): string =>
  name.replaceAll(/%0A/gi, '\n').replaceAll(/%0D/gi, '\r').replaceAll('%22', '"');
const withCrlf = (text: string): string => text.replaceAll(/\r?\n|\r/g, '\r\n');

/** The standard's multipart/form-data encoding: https://html.spec.whatwg.org/#multipart-form-data. */
export function encodeForm(form: object): { readonly blob: object; readonly boundary: string } {
  const boundary = `----formdata-undici-0${`${Math.floor(Math.random() * 1e11)}`.padStart(11, '0')}`;
  const parts: unknown[] = [];
  for (const [name, value] of part('form-data').entriesOf(form)) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(withCrlf(name))}"`;
    if (typeof value === 'string') {
      parts.push(`${head}\r\n\r\n${withCrlf(value)}\r\n`);
      continue;
    }
    const filename = value.name === '' ? '' : `; filename="${escaped(value.name)}"`;
    const type = value.type === '' ? 'application/octet-stream' : value.type;
    parts.push(`${head}${filename}\r\nContent-Type: ${type}\r\n\r\n`, value, '\r\n');
  }
  parts.push(`--${boundary}--\r\n`);
  return { blob: new (part('blob').Blob)(parts), boundary };
}

/** The form in a body. @throws TypeError for another type, or an invalid form */
export function parseForm(content: Pick<Content, 'latin1' | 'text'>, header: string | null): object {
  const type = header === null ? undefined : extractMimeType(header);
  if (type?.essence === 'multipart/form-data')
    return formOf(parseMultipart(content.latin1(), type.parameters.get('boundary')));
  if (type?.essence === 'application/x-www-form-urlencoded') {
    const { URLSearchParams } = part('url');
    return formOf([...new URLSearchParams(content.text())]);
  }
  throw new TypeError(
    'Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".',
  );
}

function formOf(entries: readonly FormEntry[]): object {
  return part('form-data').formOf(entries);
}

function invalid(why: string): TypeError {
  return new TypeError('Failed to parse body as FormData.', { cause: new TypeError(why) });
}

interface PartHead {
  readonly name: string;
  readonly filename: string | undefined;
  readonly type: string | undefined;
  readonly isBase64: boolean;
}

/** @param text one character a byte */
function parseMultipart(text: string, given: string | undefined): FormEntry[] {
  if (given === undefined) throw invalid('missing boundary in content-type header');
  const delimiter = `--${encodeUtf8(given)}`;
  const entries: FormEntry[] = [];
  let at = text.indexOf(delimiter);
  if (at === -1) throw invalid('no boundary found in multipart body');
  for (;;) {
    at += delimiter.length;
    if (text.startsWith('--', at)) return entries;
    if (!text.startsWith('\r\n', at)) throw invalid('expected CRLF');
    const end = text.indexOf('\r\n\r\n', at);
    if (end === -1) throw invalid('expected CRLF');
    const head = parseHead(text.slice(at + 2, end));
    const next = text.indexOf(`\r\n${delimiter}`, end + 4);
    if (next === -1) throw invalid('expected boundary after body');
    entries.push([head.name, valueOf(head, text.slice(end + 4, next))]);
    at = next + 2;
  }
}

function valueOf({ filename, type = 'text/plain', isBase64 }: PartHead, latin1: string): FormEntry[1] {
  const { Buffer } = part('buffer');
  const bytes = isBase64 ? Buffer.from(latin1, 'base64') : undefined;
  if (filename === undefined)
    return bytes === undefined ? Content.ofLatin1(latin1).text() : Content.ofBytes(bytes).text();
  const { File } = part('blob');
  const contents = bytes ?? fromLatin1(latin1, 0, latin1.length);
  // oxlint-disable-next-line no-control-regex -- all of ASCII
  return new File([contents], filename, { type: /^[\0-\x7F]*$/.test(type) ? type : '' }) as FormEntry[1];
}

const TOKEN = /^[-!#$%&'*+.^|~\w]+$/;

function parseHead(text: string): PartHead {
  let name: string | undefined;
  let filename: string | undefined;
  let type: string | undefined;
  let isBase64 = false;
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    const field = line.slice(0, colon).trim().toLowerCase();
    if (colon === -1 || !TOKEN.test(field)) throw invalid('expected :');
    const value = line.slice(colon + 1).replaceAll(/^[\t ]+|[\t ]+$/g, '');
    if (field === 'content-type') type = value;
    else if (field === 'content-transfer-encoding') isBase64 = value === 'base64';
    else if (field === 'content-disposition') ({ name, filename } = parseDisposition(value));
  }
  if (name === undefined) throw invalid('header name is null');
  return { name, filename, type, isBase64 };
}

/** Attributes of a header, each after a semicolon. */
const ATTRIBUTE = /;[\t ]*([!#$%&'+.^`|~\w-]+)(\*?)=[\t ]*(?:"([^"]*)"|([!#$%&'*+.^`|~\w{}-]*))/gy;

function parseDisposition(value: string): { name: string; filename: string | undefined } {
  const kind = 'form-data';
  if (value.slice(0, kind.length).toLowerCase() !== kind)
    throw invalid('expected form-data for content-disposition header');
  const attributes = new Map<string, string>();
  let end = kind.length;
  const pattern = new RegExp(ATTRIBUTE, 'gy');
  pattern.lastIndex = end;
  for (const found of value.matchAll(pattern)) {
    const [whole, key = '', extended, quoted, token = ''] = found;
    end = found.index + whole.length;
    const raw = Content.ofLatin1(quoted ?? token).text();
    const name = key.toLowerCase();
    if (extended === '*') {
      if (!/^utf-8''/i.test(raw)) throw invalid("unknown encoding, expected utf-8''");
      attributes.set(`${name}*`, decodeURIComponent(raw.slice("utf-8''".length)));
    } else attributes.set(name, quoted === undefined ? raw : unescaped(raw));
  }
  if (end !== value.length) throw invalid('expected CRLF');
  const name = attributes.get('name*') ?? attributes.get('name');
  if (name === undefined) throw invalid('name attribute is required in content-disposition header');
  return { name, filename: attributes.get('filename*') ?? attributes.get('filename') };
}
