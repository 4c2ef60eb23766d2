/**
 * The questions of the module loader inside a context, and the host's replies: a text whose first character says what
 * follows.
 */
export const MARK = {
  /** A file of a package: its key. For `text`: the text of the file. */
  found: '=',
  /** A Node builtin: its name without `node:`. */
  builtin: ':',
  /** Why there is no such module. */
  absent: '?',
  /** Why the script may not load the module. */
  forbidden: '!',
  /** Why the module cannot be loaded: the code of the error, a line feed, its message. */
  broken: '#',
  /** A file cannot be read: the code of the system error. */
  failed: '-',
} as const;

/** What the loader can ask. All arguments and replies are texts. */
export type Topic =
  /** (key of the asking module or '' for the script, id, `require`, `import`, or `resolve` to load nothing): `found`, `builtin`, `absent`, `forbidden` or `broken`. */
  | 'resolve'
  /** (): what the script asked for last has been loaded, or has failed to. */
  | 'loaded'
  /** (key): `found` with the text of a JSON file, or `broken`. */
  | 'text'
  /** (key of the module that required `fs`, {@link FileOperation}, path): see `runner/modules/own-files.ts`. */
  | 'file'
  /** (name of a builtin): the JSON of its shape. */
  | 'shape'
  /** (): JSON of the names of Node's builtins. */
  | 'builtins'
  /** (): JSON of {@link HostFacts}. */
  | 'facts'
  /** (): JSON of {@link InspectionStyle}. */
  | 'inspection'
  /** (input, base or ''): the serialized URL, or '' if the input does not parse. */
  | 'url'
  /** (href, component, value): the serialized URL after the change, or ''. */
  | 'changeUrl'
  /** (domain): its ASCII form. */
  | 'domainToASCII'
  /** (domain): its Unicode form. */
  | 'domainToUnicode';

/** What a package may ask about one of its own files; `read` has the offset of the first byte. */
export type FileOperation = 'stat' | 'list' | `read ${number}`;

/** The reply to `stat`, as JSON. That to `list` is JSON of `[name, kind]` for each entry. */
export interface FileFacts {
  readonly kind: 'file' | 'folder';
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** Bytes that one `read` returns; fewer at the end of the file. */
export const FILE_CHUNK_BYTES = 1024 * 1024;
/** Largest file that a package may read. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** Most entries of a folder that a package may list. */
export const MAX_FOLDER_ENTRIES = 10_000;

/** What packages may know of the machine. */
export interface HostFacts {
  readonly version: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly arch: string;
  readonly endianness: 'BE' | 'LE';
}

/** In what `util.inspect` differs between versions of Node. */
export interface InspectionStyle {
  /** Symbols as keys have brackets. */
  readonly bracketsSymbols: boolean;
  /** So have lengths of buffers. */
  readonly bracketsLengths: boolean;
  /** A proxy is shown as one. */
  readonly showsProxies: boolean;
  /** Regular expressions have several colours. */
  readonly coloursRegExps: boolean;
  /** The error of a getter is shown as a whole. */
  readonly showsGetterErrors: boolean;
}

/** The key under which the host loads `realm/require.ts`; `node:<name>` loads a builtin, any other key a file. */
export const REALM_REQUIRE = 'realm:require';

/** `import.meta` of the script, which is not a file. */
export const SCRIPT_META = { url: 'file:///script.js', filename: '/script.js', dirname: '/' } as const;
