import { URL_PARTS, type UrlParts } from '../../boundary/url-parts.js';

type Changeable = Exclude<keyof UrlParts, 'origin'>;

const isChangeable = (part: string): part is Changeable =>
  part !== 'origin' && (URL_PARTS as readonly string[]).includes(part);

function json(url: URL): string {
  return JSON.stringify(Object.fromEntries(URL_PARTS.map((part) => [part, url[part]])));
}

/** JSON of the parts of a URL, or '' when it does not parse. */
export function urlParts(input: string, base: string): string {
  return URL.canParse(input, base === '' ? undefined : base)
    ? json(new URL(input, base === '' ? undefined : base))
    : '';
}

/** JSON of the parts after setting one; '' when the new `href` does not parse. */
export function changedUrlParts(href: string, part: string, value: string): string {
  if (!URL.canParse(href) || !isChangeable(part) || (part === 'href' && !URL.canParse(value))) return '';
  const url = new URL(href);
  url[part] = value;
  return json(url);
}
