/**
 * How the host answers the loader inside the context: a primitive text whose first character says what
 * follows. Both sides import this file; it must stay free of `node:` imports.
 */
export const MARK = {
  /** A file of a package: its key. Or, for texts: the text. */
  found: '=',
  /** A Node builtin: its name without `node:`. */
  builtin: ':',
  /** Why there is no such module. */
  absent: '?',
  /** Why the script may not have it. */
  forbidden: '!',
  /** It is there but cannot be loaded: the error's code, a line break, its message. */
  broken: '#',
} as const;

/** What the loader can ask. All arguments and answers are texts. */
export type Topic =
  /** (key of the asking module or '' for the script, id, `require` or `import`): `found`, `builtin`, `absent`, `forbidden` or `broken`. */
  | 'resolve'
  /** (key): `found` with the text of a JSON file, or `broken`. */
  | 'text'
  /** (name of a builtin): the JSON of its shape. */
  | 'shape'
  /** (): JSON of the names of Node's builtins. */
  | 'builtins'
  /** (): JSON of {@link HostFacts}. */
  | 'facts'
  /** (): milliseconds since some moment, with fractions. */
  | 'clock'
  /** (input, base or ''): JSON of the parts of a URL, or '' when it does not parse. */
  | 'url'
  /** (href, part, value): JSON of the parts after the change. */
  | 'changeUrl'
  /** (domain): its ASCII form. */
  | 'domainToASCII'
  /** (domain): its Unicode form. */
  | 'domainToUnicode';

/** What packages may know of the machine. */
export interface HostFacts {
  readonly version: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly arch: string;
  readonly endianness: 'BE' | 'LE';
}
