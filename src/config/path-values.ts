import { accessSync, constants, readdirSync, statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { EMPTY, quoted, valueKind, type Refuse, type ValueKind } from './value-kind.js';

/** Paths as in `PATH`. Nothing is rejected: Node ignores missing folders in `NODE_PATH`, too. */
export function pathList(): ValueKind<string> {
  return valueKind('paths of folders, separated as in `PATH`; missing folders are ignored', (text) => text);
}

/** A folder that this user can read, made absolute. */
export function directory(): ValueKind<string> {
  return valueKind('the path of a folder', (text, refuse) => {
    const found = look(text, refuse);
    if (found?.isDirectory() === false) refuse(`${quoted(text)} is not a folder`);
    else if (found !== undefined && !isReadable(text)) refuse(`${quoted(text)} cannot be read by this user`);
    return resolve(text);
  });
}

/** A folder that may be made later, made absolute. */
export function futureDirectory(): ValueKind<string> {
  return valueKind('the path of a folder, which is created if it is missing', (text, refuse) => {
    if (text === '') refuse(EMPTY);
    else if (statSync(text, { throwIfNoEntry: false })?.isDirectory() === false)
      refuse(`${quoted(text)} is not a folder`);
    return resolve(text);
  });
}

/** A file that this user may execute, made absolute. */
export function executable(): ValueKind<string> {
  return valueKind('the path of an executable file', (text, refuse) => {
    const found = look(text, refuse);
    if (found !== undefined && !(found.isFile() && isExecutable(text))) {
      refuse(`${quoted(text)} is not an executable file`);
    }
    return resolve(text);
  });
}

function look(path: string, refuse: Refuse): Stats | undefined {
  if (path === '') {
    refuse(EMPTY);
    return undefined;
  }
  try {
    return statSync(path);
  } catch (error) {
    const code =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no code';
    refuse(code === 'ENOENT' ? `${quoted(path)} does not exist` : `${quoted(path)} cannot be read (${code})`);
    return undefined;
  }
}

/** Tries it: a volume may be mounted and still belong to another user. */
function isReadable(folder: string): boolean {
  try {
    statSync(`${folder}/.`);
    readdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
