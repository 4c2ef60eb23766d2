/** The components of a URL that a script can set; `href` is the whole, and `origin` is read only. */
export const URL_COMPONENTS = [
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

/** A serialized URL and what it consists of. */
export type UrlParts = Readonly<Record<'href' | 'origin' | (typeof URL_COMPONENTS)[number], string>>;
