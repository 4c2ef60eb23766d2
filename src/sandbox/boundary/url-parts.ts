/** The components of a URL that a script can read and set; `href` is the whole, and `origin` is read only. */
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

/** A URL as it crosses the boundary, as JSON. */
export const URL_PARTS = ['href', 'origin', ...URL_COMPONENTS] as const;

export type UrlParts = Readonly<Record<(typeof URL_PARTS)[number], string>>;
