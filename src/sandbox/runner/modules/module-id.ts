/** A bare id: a package, and what is asked of it (`.` or beginning with `./`). */
export interface BareId {
  readonly name: string;
  readonly subpath: string;
}

/** One segment of a name; npm allows less, but what is installed is looked up, never trusted to be sane. */
const NAME = /^(?:@[^/\\@.][^/\\]*\/)?[^/\\@.#][^/\\]*/;
const STEP = /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/;

/** @returns undefined for relative and absolute paths, URLs, and anything with a step upwards */
export function parseBareId(id: string): BareId | undefined {
  const name = NAME.exec(id)?.[0];
  if (
    name === undefined ||
    id.includes('\\') ||
    id.includes('\0') ||
    id.includes(':') ||
    /%2e|%2f|%5c/i.test(id)
  ) {
    return undefined;
  }
  const rest = id.slice(name.length);
  if (STEP.test(rest)) return undefined;
  return { name, subpath: `.${rest}` };
}

/** Whether Node would look for a file: `./x`, `../x`, `.`, `..`, `/x`. */
export function isPath(id: string): boolean {
  return id.startsWith('/') || /^\.{1,2}(?:\/|$)/.test(id);
}

/** The path of a `file:` URL that `import.meta.url` could have given; undefined for everything else. */
export function pathOfUrl(id: string): string | undefined {
  if (!id.startsWith('file:///')) return undefined;
  try {
    return decodeURIComponent(id.slice('file://'.length).replace(/[?#].*$/s, ''));
  } catch {
    return undefined;
  }
}
