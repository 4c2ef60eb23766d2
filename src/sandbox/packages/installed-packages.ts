import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledPackage } from '../boundary/messages.js';

/** The service is no module for scripts, even where `npm link` put it among the global packages. */
const OWN_NAME = 'javascriptd';

/** Open files at once: far below any `ulimit -n`, and more than libuv's threads can use. */
const PARALLEL_READS = 32;

/**
 * Reads which packages the given `node_modules` folders hold, sorted by name; of two with one name, the
 * earlier folder's wins. Links (`npm link`) are followed. A folder that does not exist holds nothing, and a
 * package whose package.json is missing or broken is left out.
 */
export async function installedPackages(moduleDirs: readonly string[]): Promise<InstalledPackage[]> {
  const found = new Map<string, InstalledPackage>();
  const listed = await Promise.all(moduleDirs.map(packagesIn));
  for (const installed of listed.flat()) {
    if (!found.has(installed.name)) found.set(installed.name, installed);
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function packagesIn(moduleDir: string): Promise<InstalledPackage[]> {
  const names = await packageNames(moduleDir);
  const found: InstalledPackage[] = [];
  const remaining = names.values();
  const readRemaining = async () => {
    for (const name of remaining) {
      const installed = await readPackage(moduleDir, name);
      if (installed !== undefined) found.push(installed);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_READS }, readRemaining));
  return found;
}

async function packageNames(moduleDir: string): Promise<string[]> {
  const entries = await list(moduleDir);
  const names = await Promise.all(
    entries.map(async ({ name }) =>
      name.startsWith('@')
        ? (await list(join(moduleDir, name))).map((inScope) => `${name}/${inScope.name}`)
        : [name],
    ),
  );
  return names.flat().filter((name) => name !== OWN_NAME);
}

/** The folders and links of a folder, hidden ones (`.bin`, `.pnpm`) aside. */
async function list(dir: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.filter(
      (entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()),
    );
  } catch {
    return [];
  }
}

async function readPackage(moduleDir: string, name: string): Promise<InstalledPackage | undefined> {
  try {
    const dir = await realpath(join(moduleDir, name));
    const manifest: unknown = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) return undefined;
    if ('name' in manifest && manifest.name === OWN_NAME) return undefined;
    const version =
      'version' in manifest && typeof manifest.version === 'string' ? manifest.version : '0.0.0';
    return (await stat(dir)).isDirectory() ? { name, version, dir } : undefined;
  } catch {
    return undefined;
  }
}
