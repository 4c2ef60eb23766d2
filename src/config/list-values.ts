import { isBuiltin } from 'node:module';
import { EMPTY, quoted, valueKind, type Refuse, type ValueKind } from './value-kind.js';

/** Comma-separated entries, spaces around them allowed. */
export function entriesOf(text: string, refuse: Refuse): readonly string[] {
  const present = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (present.length === 0) refuse(EMPTY);
  return [...new Set(present)];
}

/** The same; `read` rejects or rewrites each entry. */
function entries(
  text: string,
  refuse: Refuse,
  read: (entry: string, refuse: Refuse) => string,
): readonly string[] {
  return [...new Set(entriesOf(text, refuse).map((entry) => read(entry, refuse)))];
}

// npm's rule for names, plus the upper case of old packages (JSONStream).
const PACKAGE_NAME = /^(?=.{1,214}$)(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;
const SCOPE = /^@[a-z0-9~-][\w.~-]*\/\*$/i;

/** Modules that scripts may `require`: `none` is the empty list, and `node:path` is `path`. */
export function moduleList(): ValueKind<readonly string[]> {
  return valueKind(
    'names of packages and built-in modules, `@scope/*` and `*`, separated by commas; or `none`',
    (text, refuse) => {
      if (text.trim() === 'none') return [];
      return entries(text, refuse, (entry) => {
        const name = moduleName(entry);
        if (entry === 'none') refuse('"none" cannot be combined with other names');
        else if (name === undefined) refuse(`${quoted(entry)} is not a module name`);
        return name ?? entry;
      });
    },
  );
}

/** An allowlist entry in canonical form (`node:path` is `path`); `undefined` if it is not a module name. */
export function moduleName(entry: string): string | undefined {
  const name = entry.startsWith('node:') && isBuiltin(entry.slice(5)) ? entry.slice(5) : entry;
  return name === '*' || SCOPE.test(name) || PACKAGE_NAME.test(name) || isBuiltin(name) ? name : undefined;
}

/** Words from a fixed list; `all` stands for every word. */
export function wordList<Word extends string>(words: readonly Word[]): ValueKind<readonly Word[]> {
  const shown = words.map((word) => `\`${word}\``).join(', ');
  return valueKind(`${shown}, separated by commas; or \`all\``, (text, refuse) => {
    if (text.trim() === 'all') return words;
    const given = entries(text, refuse, (entry) => {
      if (!words.some((word) => word === entry)) refuse(`invalid value ${quoted(entry)}`);
      return entry;
    });
    return words.filter((word) => given.includes(word));
  });
}

const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\*]+$/i;

/**
 * Origins as browsers send them. `null` (a sandboxed frame) can be any page and `*` is every page, so neither is
 * accepted: the list exists to keep other pages out.
 */
export function originList(): ValueKind<readonly string[]> {
  return valueKind('origins such as `https://example.com`, separated by commas', (text, refuse) =>
    entries(text, refuse, (entry) => {
      const origin = entry.replace(/\/$/, '');
      if (!ORIGIN.test(origin) || !URL.canParse(origin)) refuse(`${quoted(entry)} is not an origin`);
      return origin;
    }),
  );
}

// Domain names have no `_`, but names in container networks do.
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/** Names of hosts without ports. */
export function hostList(): ValueKind<readonly string[]> {
  return valueKind('host names such as `scripts.example.com`, separated by commas', (text, refuse) =>
    entries(text, refuse, (entry) => {
      const name = entry.toLowerCase().replace(/\.$/, '');
      if (!HOST_NAME.test(name)) refuse(`${quoted(entry)} is not a host name`);
      return name;
    }),
  );
}
