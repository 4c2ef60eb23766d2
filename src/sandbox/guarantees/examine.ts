import { foldersOf } from '../packages/folders.js';
import { installedPackages } from '../packages/installed-packages.js';
import { examineHost } from '../pool/hardening/host-capabilities.js';
import type { SandboxOptions } from '../sandbox.options.js';
import type { SandboxReport } from './report.js';
import { survey } from './survey.js';

/**
 * Tries which guarantees hold on this machine, without a service around it.
 * @throws RunnerStartError when no process can be started
 */
export async function examineSandbox(
  options: Pick<SandboxOptions, 'nodePath' | 'toolDirs' | 'firstUid' | 'moduleDirs' | 'maxMemoryBytes'>,
): Promise<SandboxReport> {
  const [host, packages] = await Promise.all([examineHost(options), installedPackages(options.moduleDirs)]);
  return survey({
    host,
    folders: foldersOf(packages, options.moduleDirs),
    limits: { memoryBytes: options.maxMemoryBytes },
  });
}
