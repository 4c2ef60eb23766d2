import { foldersOf } from '../packages/folders.js';
import { installedPackages } from '../packages/installed-packages.js';
import { examineFooting } from '../pool/hardening/footing.js';
import type { SandboxOptions } from '../sandbox.options.js';
import type { SandboxReport } from './report.js';
import { survey } from './survey.js';

/**
 * Tries what this machine keeps scripts from, with no service around it.
 * @throws RunnerStartError when no process can be started
 */
export async function examineSandbox(
  options: Pick<SandboxOptions, 'nodePath' | 'toolDirs' | 'firstUid' | 'moduleDirs' | 'maxMemoryBytes'>,
): Promise<SandboxReport> {
  const [footing, packages] = await Promise.all([
    examineFooting(options),
    installedPackages(options.moduleDirs),
  ]);
  return survey({
    footing,
    folders: foldersOf(packages, options.moduleDirs),
    limits: { memoryBytes: options.maxMemoryBytes },
  });
}
