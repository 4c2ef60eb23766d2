import { accessDenied } from '../../boundary/coded-errors.js';
import { bufferFrom, textIn } from './builtins.js';
import { fileError } from './file-error.js';
import type { OwnFilesReader } from './reader.js';
import { createReadStream } from './read-stream.js';
import { Dirent, Stats } from './stats.js';

/** `fs.constants.W_OK`. */
const WRITABLE = 2;

type Options = { readonly [name: string]: unknown };

export type SyncFunctions = ReturnType<typeof syncFunctions>;

/** Node's synchronous functions that read, and `createReadStream`. */
export function syncFunctions(files: OwnFilesReader) {
  const stat =
    (name: string, call: string) =>
    (path: unknown, options?: unknown): Stats | undefined => {
      const text = files.pathOf(path);
      if (optionOf(options, 'throwIfNoEntry') === false) {
        const facts = files.find(text);
        return facts && new Stats(facts);
      }
      return new Stats(files.stat(text, name, call));
    };
  const realpathSync = (path: unknown): string => {
    const text = files.pathOf(path);
    files.stat(text, 'realpathSync', 'lstat');
    return normal(text);
  };
  return {
    readFileSync(path: unknown, options?: unknown): unknown {
      const encoding = encodingOf(options);
      const flag = optionOf(options, 'flag');
      if (typeof flag === 'string' && /[wa+]/.test(flag))
        throw accessDenied(`fs.readFileSync with flag '${flag}'`);
      return decoded(files.read(files.pathOf(path), 'readFileSync'), encoding);
    },
    existsSync(path: unknown): boolean {
      try {
        return files.find(files.pathOf(path)) !== undefined;
      } catch {
        return false;
      }
    },
    accessSync(path: unknown, mode: unknown = 0): void {
      const text = files.pathOf(path);
      files.stat(text, 'accessSync', 'access');
      if (typeof mode === 'number' && (mode & WRITABLE) !== 0) throw fileError('EACCES', 'access', text);
    },
    statSync: stat('statSync', 'stat'),
    lstatSync: stat('lstatSync', 'lstat'),
    realpathSync: Object.assign(realpathSync, { native: realpathSync }),
    readdirSync(path: unknown, options?: unknown): unknown[] {
      const folder = files.pathOf(path);
      const withKinds = optionOf(options, 'withFileTypes') === true;
      const isDeep = optionOf(options, 'recursive') === true;
      const encoding = encodingOf(options);
      const listed: unknown[] = [];
      const gather = (at: string, below: string): void => {
        for (const [name, kind] of files.list(at, 'readdirSync')) {
          listed.push(
            withKinds
              ? new Dirent(name, at, kind)
              : decoded(bufferFrom(below + name, 'utf8'), encoding ?? 'utf8'),
          );
          if (isDeep && kind === 'folder') gather(`${at}/${name}`, `${below}${name}/`);
        }
      };
      gather(folder, '');
      return listed;
    },
    createReadStream: (path: unknown, options?: unknown) =>
      createReadStream(
        files,
        files.pathOf(path),
        (typeof options === 'string' ? { encoding: options } : (options ?? {})) as Options,
      ),
  };
}

function optionOf(options: unknown, name: string): unknown {
  return typeof options === 'object' && options !== null ? (options as Options)[name] : undefined;
}

function encodingOf(options: unknown): string | undefined {
  const encoding = typeof options === 'string' ? options : optionOf(options, 'encoding');
  return typeof encoding === 'string' && encoding !== 'buffer' ? encoding : undefined;
}

function decoded(bytes: Uint8Array, encoding: string | undefined): unknown {
  return encoding === undefined ? bytes : textIn(bytes, encoding);
}

/** A path without `.`, `..` and empty names. */
function normal(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}
