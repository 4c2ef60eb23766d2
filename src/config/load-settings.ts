import type { Environment } from './environment.js';
import { SettingsError } from './errors.js';
import {
  flagOf,
  SETTING_NAMES,
  SETTINGS,
  settingsSchema,
  type SettingName,
  type Settings,
} from './settings.js';

/**
 * Reads the settings. Flags win over the environment.
 *
 * An empty variable counts as not set, as in the original: it is how compose files leave one out. But for four: an
 * empty `MODULES`, `SECRET_FILE` or `SECRETS_FILE` is refused, since "everything" or "everybody" may be the opposite of what was
 * meant, and an empty `SECRET` is kept, so that the operator can be warned.
 * @param flags texts by the name of the variable that they stand in for
 * @throws SettingsError naming every wrong variable
 */
export function loadSettings(environment: Environment, flags: Environment = {}): Settings {
  const texts = Object.fromEntries(
    SETTING_NAMES.map((name) => [name, flags[name] ?? textOf(name, environment)]),
  );
  const parsed = settingsSchema.safeParse(texts);
  if (parsed.success) return parsed.data;
  const wrong = SETTING_NAMES.flatMap((name) => {
    const problems = parsed.error.issues.filter(({ path }) => path[0] === name).map(({ message }) => message);
    return problems.length === 0 ? [] : [lineOf(name, problems, flags[name] !== undefined)];
  });
  throw new SettingsError(wrong);
}

const KEPT_EMPTY: ReadonlySet<SettingName> = new Set(['MODULES', 'SECRET', 'SECRET_FILE', 'SECRETS_FILE']);

function textOf(name: SettingName, environment: Environment): string | undefined {
  const text = environment[name];
  return text === '' && !KEPT_EMPTY.has(name) ? undefined : text;
}

function lineOf(name: SettingName, problems: readonly string[], isFlag: boolean): string {
  const origin = isFlag ? `${name} (${flagOf(name)})` : name;
  return `${origin}: ${problems.join(', ')}; accepted: ${SETTINGS[name].kind.accepted.replaceAll('`', '')}`;
}
