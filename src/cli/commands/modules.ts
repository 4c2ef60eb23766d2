import { NestFactory } from '@nestjs/core';
import type { Settings } from '../../config/index.js';
import { ModuleSurvey, SandboxModule, type ModuleState } from '../../sandbox/index.js';
import { sandboxOptionsOf } from '../../sandbox-options.js';

/**
 * What `javascriptd modules` prints: the installed packages, and those that `MODULES` allows tried in a sandbox as a
 * start of the service would make it.
 * @param asJson for programs: a list, and not a table
 */
export async function listModules(
  settings: Settings,
  moduleDirs: readonly string[],
  asJson: boolean,
): Promise<string> {
  const sandbox = SandboxModule.forRoot(sandboxOptionsOf(settings, moduleDirs));
  const app = await NestFactory.createApplicationContext(sandbox, { logger: false });
  try {
    const modules = await app.get(ModuleSurvey).modulesOf(settings.MODULES);
    return asJson ? JSON.stringify(modules, undefined, 2) : tableOf(modules);
  } finally {
    await app.close();
  }
}

function tableOf(modules: readonly ModuleState[]): string {
  if (modules.length === 0) return 'No packages are installed where scripts could find them.';
  const rows = modules.map(({ name, version, allowed, loadable, problem = '' }) => [
    name,
    version,
    allowed ? 'yes' : 'no',
    loadable === undefined ? '-' : loadable ? 'yes' : 'NO',
    problem.replaceAll(/\s+/g, ' '),
  ]);
  const all = [['PACKAGE', 'VERSION', 'ALLOWED', 'LOADS', 'WHY NOT'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
