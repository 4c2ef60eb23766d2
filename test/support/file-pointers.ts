import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files with comments. */
const COMMENTED = /\.(?:ts|mjs|cjs|js|sh|ya?ml)$|(?:^|\/)Dockerfile$|^\.ci\//;
/** Folders of generated and installed files. */
const SKIPPED = /^(?:node_modules|dist|coverage|results|\.(?!ci$).*)$/;

/** A line of a comment. */
const COMMENT_LINE = /^\s*(?:\/\*|\*|\/\/|#(?!!|\w))/;
/** A comment behind code. */
const COMMENT_BEHIND = /\s\/\/ |\/\*\*/;
/** A file name, with any number of folders before it. URLs and package scopes are not file names. */
const FILE =
  /(?<![\w/.@:<*-])(?:\.{0,2}\/)*((?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?:ts|mts|mjs|cjs|md|sh))(?![\w/-])/g;
/** A path from the root, which may name a folder, or only begin a file's name. */
const PATH =
  /(?<![\w/.@:-])((?:src|build|scripts|test|bench|examples|deploy|docs|notes|shared)\/[\w./-]*\w)/g;
/** The name that a doc comment links to: the last one of `Class.member`. */
const LINK = /\{@link (?:\w+\.)*(\w+)/g;
/** Identifiers of code in pages: `camelCase` and `PascalCase` words. */
const IDENTIFIER = /`(#?[A-Za-z]\w*(?:\.\w+)*)(?:\(\))?`/g;

/** A place that names something that does not exist. */
export interface DeadPointer {
  readonly file: string;
  readonly line: number;
  readonly pointer: string;
}

/** The files below a folder of the repository, as paths from its root. */
export function filesOf(root: string, folder = ''): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return SKIPPED.test(entry.name) ? [] : filesOf(root, path);
  });
}

/** Finds pointers to files and names that a repository does not have. */
export class FilePointers {
  readonly #files: readonly string[];
  /** Every file by each end of its path: `pool/launch.ts` names `src/sandbox/pool/launch.ts`. */
  readonly #ends: ReadonlySet<string>;
  /** The words of the source, comments aside. */
  readonly #words: ReadonlySet<string>;

  constructor(private readonly root: string) {
    this.#files = filesOf(root);
    this.#ends = new Set(this.#files.flatMap(endsOf));
    const source = this.#files.filter((file) => file.startsWith('src/') && file.endsWith('.ts'));
    const code = source.flatMap((file) => this.#lines(file).filter((line) => !COMMENT_LINE.test(line)));
    this.#words = new Set(code.flatMap((line) => line.match(/\w+/g) ?? []));
  }

  /** Files that comments name, and names that comments of the source link to, and that do not exist. */
  inComments(): readonly DeadPointer[] {
    return this.#files
      .filter((file) => COMMENTED.test(file))
      .flatMap((file) => this.#dead(file, (line) => COMMENT_LINE.test(line) || COMMENT_BEHIND.test(line)));
  }

  /** Files that a page names and that do not exist, code blocks aside. */
  inPage(page: string): readonly DeadPointer[] {
    return this.#dead(page, () => true);
  }

  /** Identifiers in a page that the source does not contain; words without a capital are not identifiers. */
  unknownNames(page: string): readonly string[] {
    const prose = this.#lines(page).join('\n');
    return [...prose.matchAll(IDENTIFIER)].flatMap(([, name = '']) =>
      name.split(/\W/).filter((word) => /[a-z][A-Z]|^[A-Z][a-z]/.test(word) && !this.#words.has(word)),
    );
  }

  #dead(file: string, counts: (line: string) => boolean): readonly DeadPointer[] {
    return this.#lines(file).flatMap((text, index) => {
      if (!counts(text)) return [];
      const named = (pattern: RegExp): readonly string[] =>
        [...text.matchAll(pattern)].map(([, name = '']) => name);
      const dead = new Set([
        ...named(FILE).filter((name) => !this.#ends.has(name)),
        ...named(PATH).filter((path) => !this.#files.some((known) => known.startsWith(path))),
        ...(file.startsWith('src/') ? named(LINK).filter((name) => !this.#words.has(name)) : []),
      ]);
      return [...dead].map((pointer) => ({ file, line: index + 1, pointer }));
    });
  }

  /** The lines of a file; those of a page's code blocks are empty. */
  #lines(file: string): readonly string[] {
    const text = readFileSync(join(this.root, file), 'utf8');
    const prose = file.endsWith('.md')
      ? text.replaceAll(/^```[^]*?^```$/gm, (block) => block.replaceAll(/[^\n]/g, ''))
      : text;
    return prose.split('\n');
  }
}

function endsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(index).join('/'));
}
