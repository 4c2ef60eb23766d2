import { NestFactory } from '@nestjs/core';
import type { Settings } from '../../config/index.js';
import { type Isolation, type ModuleState, ModuleSurvey, SandboxModule } from '../../sandbox/index.js';
import { sandboxOptionsOf } from '../../sandbox-options.js';

/** Whether a package loads at an isolation level, and why not; both are absent where it is not allowed. */
type LevelState = Pick<ModuleState, 'loadable' | 'problem'>;

/** What a service with the settings reports of a package, and what it would report at each isolation level. */
interface LevelledState extends ModuleState {
  readonly levels: Readonly<Record<Isolation, LevelState>>;
}

/**
 * What `javascriptd modules` prints: the installed packages, and those that `MODULES` allows tried at each isolation level in a
 * sandbox as a start of the service would make it.
 * @param asJson for programs: a list, and not a table
 */
export async function listModules(
  settings: Settings,
  moduleDirs: readonly string[],
  asJson: boolean,
): Promise<string> {
  const context = await modulesAt('context', settings, moduleDirs);
  const process = await modulesAt('process', settings, moduleDirs);
  const own = settings.SANDBOX_ISOLATION === 'process' ? process : context;
  const levelsAt = (index: number) => ({
    context: levelState(context[index]),
    process: levelState(process[index]),
  });
  const modules = own.map((state, index) => Object.assign({}, state, { levels: levelsAt(index) }));
  return asJson ? JSON.stringify(modules, undefined, 2) : tableOf(modules);
}

async function modulesAt(
  isolation: Isolation,
  settings: Settings,
  moduleDirs: readonly string[],
): Promise<ModuleState[]> {
  const sandbox = SandboxModule.forRoot({ ...sandboxOptionsOf(settings, moduleDirs), isolation });
  const app = await NestFactory.createApplicationContext(sandbox, { logger: false });
  try {
    return await app.get(ModuleSurvey).modulesOf(settings.MODULES);
  } finally {
    await app.close();
  }
}

function levelState({ loadable, problem }: LevelState = {}): LevelState {
  return { ...(loadable !== undefined && { loadable }), ...(problem !== undefined && { problem }) };
}

/** `yes`, `NO`, or `-` for what was not tried. */
function cell({ loadable }: LevelState): string {
  if (loadable === undefined) return '-';
  return loadable ? 'yes' : 'NO';
}

function whyNot({ context, process }: LevelledState['levels']): string {
  const texts = [];
  if (context.problem !== undefined) texts.push(context.problem);
  if (process.problem !== undefined && process.problem !== context.problem)
    texts.push(`at level process: ${process.problem}`);
  return texts.join('; ').replaceAll(/\s+/g, ' ');
}

function tableOf(modules: readonly LevelledState[]): string {
  if (modules.length === 0) return 'No packages are installed where scripts could find them.';
  const rows = modules.map(({ name, version, allowed, levels }) => [
    name,
    version,
    allowed ? 'yes' : 'no',
    cell(levels.context),
    cell(levels.process),
    whyNot(levels),
  ]);
  const all = [['PACKAGE', 'VERSION', 'ALLOWED', 'CONTEXT', 'PROCESS', 'WHY NOT'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
