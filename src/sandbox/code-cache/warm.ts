import { SandboxGuarantees } from '../guarantees/sandbox-guarantees.service.js';
import { InstalledModules } from '../packages/installed-modules.service.js';
import { DEFAULT_SANDBOX_OPTIONS, type SandboxOptions } from '../sandbox.options.js';
import { SandboxStatus } from '../sandbox-status.provider.js';
import { CodeCache, type CodePackResult } from './code-cache.service.js';

/**
 * Makes all code packs, without a service around it. The guarantees that the operator requires are of no concern: no script
 * runs, and where images are built less can be enforced.
 * @param made called for each pack
 * @throws UnsafeFolderError, RunnerStartError
 */
export async function warmCodeCache(
  options: Partial<SandboxOptions>,
  made: (result: CodePackResult) => void,
  atOnce: number,
): Promise<void> {
  const all: SandboxOptions = { ...DEFAULT_SANDBOX_OPTIONS, ...options, requiredGuarantees: [] };
  const installed = new InstalledModules(all);
  const guarantees = new SandboxGuarantees(all, installed);
  await guarantees.establish();
  const cache = new CodeCache(all, installed, guarantees, new SandboxStatus());
  // No script runs here that could write. The service looks at the folder again.
  await cache.openFor(false);
  const names = cache.names().values();
  const { signal } = new AbortController();
  const work = async (): Promise<void> => {
    for (const name of names) made(await cache.make(name, signal));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
