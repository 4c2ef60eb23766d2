import { accessDenied, invalidArgument } from '../../boundary/coded-errors.js';
import {
  type FileFacts,
  type FileOperation,
  FILE_CHUNK_BYTES,
  MARK,
  MAX_FILE_BYTES,
} from '../../boundary/loader-protocol.js';
import { bufferFrom, concat, fileUrlToPath, textIn } from './builtins.js';
import { fileError, nullBytes } from './file-error.js';

export type AskFile = (operation: FileOperation, path: string) => string;
export type Entry = readonly [name: string, kind: FileFacts['kind']];

/** Reads the files of one package; `name` is the function that a message names, `call` Node's name of the system call. */
export interface OwnFilesReader {
  /** The path that a package gives as text, buffer or `file:` URL. */
  pathOf(path: unknown): string;
  stat(path: string, name: string, call: string): FileFacts;
  /** Undefined where nothing is, or where the package may not look. */
  find(path: string): FileFacts | undefined;
  list(path: string, name: string): readonly Entry[];
  /** The bytes from an offset on: at most one chunk. */
  chunk(path: string, offset: number, name: string): Uint8Array;
  /** All bytes. */
  read(path: string, name: string): Uint8Array;
}

/** @param ask the host's function: takes and returns texts */
export function ownFilesReader(ask: AskFile): OwnFilesReader {
  const stat = (path: string, name: string, call: string): FileFacts =>
    JSON.parse(found(ask('stat', path), path, name, call)) as FileFacts;
  const chunk = (path: string, offset: number, name: string): Uint8Array => {
    return bufferFrom(found(ask(`read ${offset}`, path), path, name, 'open'), 'latin1');
  };
  return {
    pathOf,
    stat,
    chunk,
    find(path) {
      const reply = ask('stat', path);
      return reply[0] === MARK.found ? (JSON.parse(reply.slice(1)) as FileFacts) : undefined;
    },
    list: (path, name) => JSON.parse(found(ask('list', path), path, name, 'scandir')) as Entry[],
    read(path, name) {
      const chunks = [chunk(path, 0, name)];
      let size = chunks[0]?.length ?? 0;
      // A file that is not as long as a chunk has been read whole. One that grows meanwhile ends at the limit.
      while (size > 0 && size % FILE_CHUNK_BYTES === 0 && size < MAX_FILE_BYTES) {
        const next = chunk(path, size, name);
        if (next.length === 0) break;
        chunks.push(next);
        size += next.length;
      }
      return chunks.length === 1 ? (chunks[0] as Uint8Array) : concat(chunks);
    },
  };
}

/** The text that the host checks is the text that it uses: it is made once, here. */
function pathOf(path: unknown): string {
  const text = textOf(path);
  if (text === undefined)
    throw invalidArgument('path', 'of type string or an instance of Buffer or URL', path);
  if (text.includes('\0')) throw nullBytes(text);
  return text.startsWith('/') ? text : `/${text}`;
}

function textOf(path: unknown): string | undefined {
  if (typeof path === 'string') return path;
  if (path instanceof Uint8Array) return textIn(bufferFrom(path), 'utf8');
  if (typeof path !== 'object' || path === null || !('href' in path)) return undefined;
  const { href } = path;
  return typeof href === 'string' ? fileUrlToPath(href) : undefined;
}

function notOwn(name: string, path: string): Error {
  const error = accessDenied(`fs.${name}`);
  error.message += `: a package can only read its own files and those of its dependencies, not '${path}'`;
  return error;
}

/** The text of a reply. */
function found(reply: string, path: string, name: string, call: string): string {
  if (reply[0] === MARK.found) return reply.slice(1);
  if (reply[0] === MARK.failed) throw fileError(reply.slice(1), call, path);
  throw notOwn(name, path);
}
