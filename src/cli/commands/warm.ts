import { cores, type Settings } from '../../config/index.js';
import { type CodePackResult, UnsafeFolderError, warmCodeCache } from '../../sandbox/index.js';
import { sandboxOptionsOf } from '../../sandbox-options.js';

/**
 * Compiles the packages that `MODULES` allows into the code cache.
 * @param asJson for programs: one list, and not a line for each package
 * @returns why nothing was made
 */
export async function warmPackages(
  settings: Settings,
  moduleDirs: readonly string[],
  asJson: boolean,
  write: (text: string) => void,
): Promise<string | undefined> {
  if (settings.SANDBOX_CODE_CACHE === undefined)
    return 'SANDBOX_CODE_CACHE: not set; expected the path of a folder, which is created if it is missing';
  const all: CodePackResult[] = [];
  try {
    await warmCodeCache(
      sandboxOptionsOf(settings, moduleDirs),
      (made) => {
        all.push(made);
        if (!asJson) write(lineOf(made));
      },
      cores(),
    );
  } catch (error) {
    if (error instanceof UnsafeFolderError) return `SANDBOX_CODE_CACHE: ${error.message}`;
    throw error;
  }
  if (asJson) write(JSON.stringify(all, undefined, 2));
  return undefined;
}

function lineOf({ name, bytes, problem }: CodePackResult): string {
  return bytes === undefined
    ? `${name}: not compiled: ${problem}`
    : `${name}: ${Math.ceil(bytes / 1024)} KiB`;
}
