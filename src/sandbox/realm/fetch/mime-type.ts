const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;
const EDGES = /^[\t\n\r ]+|[\t\n\r ]+$/g;

export interface MimeType {
  readonly essence: string;
  readonly parameters: Map<string, string>;
}

/** Parses a MIME type: https://mimesniff.spec.whatwg.org/#parse-a-mime-type. Undefined for an invalid one. */
export function parseMimeType(input: string): MimeType | undefined {
  const text = input.replaceAll(EDGES, '');
  const [essence = ''] = text.split(';', 1);
  const slash = essence.indexOf('/');
  const type = essence.slice(0, slash);
  const subtype = essence.slice(slash + 1).replaceAll(EDGES, '');
  if (slash === -1 || !TOKEN.test(type) || !TOKEN.test(subtype)) return undefined;
  const parameters = new Map<string, string>();
  const pattern = /;[\t\n\r ]*([^;=]*)(?:=(?:"((?:[^"\\]|\\[^])*)(?:"|\\?$)[^;]*|([^;]*)))?/gy;
  pattern.lastIndex = essence.length;
  for (const [, written = '', quoted, plain] of text.matchAll(pattern)) {
    const name = written.toLowerCase();
    const value =
      quoted === undefined ? plain?.replaceAll(/[\t\n\r ]+$/g, '') : quoted.replaceAll(/\\([^])/g, '$1');
    if (value === undefined || (quoted === undefined && value === '')) continue;
    if (TOKEN.test(name) && VALUE.test(value) && !parameters.has(name)) parameters.set(name, value);
  }
  return { essence: `${type}/${subtype}`.toLowerCase(), parameters };
}

export function serializeMimeType({ essence, parameters }: MimeType): string {
  let text = essence;
  for (const [name, value] of parameters)
    text += `;${name}=${TOKEN.test(value) ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`}`;
  return text;
}

/** The MIME type of a `content-type`: https://fetch.spec.whatwg.org/#concept-header-extract-mime-type. */
export function extractMimeType(header: string): MimeType | undefined {
  let found: MimeType | undefined;
  let charset: string | undefined;
  // Between commas that are not in quotes.
  for (const [value] of header.matchAll(/(?:[^",]|"(?:[^"\\]|\\[^])*(?:"|$))+/g)) {
    const type = parseMimeType(value);
    if (type === undefined || type.essence === '*/*') continue;
    if (type.essence !== found?.essence) charset = type.parameters.get('charset');
    else if (!type.parameters.has('charset') && charset !== undefined)
      type.parameters.set('charset', charset);
    found = type;
  }
  return found;
}
