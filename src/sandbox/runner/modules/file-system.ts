import { realpathSync, statSync } from 'node:fs';

/**
 * Whether a file-system error says that there is no such thing. Anything else (a stack that a script ran
 * nearly full, say) must not be remembered as an absence: the caches outlive the execution.
 */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** What is at a path, links followed. */
export function kindOf(path: string): 'file' | 'folder' | undefined {
  const stats = lookUp(() => statSync(path, { throwIfNoEntry: false }));
  if (stats?.isFile() === true) return 'file';
  return stats?.isDirectory() === true ? 'folder' : undefined;
}

/**
 * The path with every link followed; undefined when nothing is there. The native call asks the permission
 * model about the path itself only, not about each folder above it.
 */
export function realPath(path: string): string | undefined {
  return lookUp(() => realpathSync.native(path));
}

function lookUp<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
