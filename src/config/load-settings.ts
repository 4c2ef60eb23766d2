import type { Environment } from './environment.js';
import { SettingsError } from './errors.js';
import { flagOf, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from './settings.js';
import { settingsSchema } from './settings-schema.js';

/**
 * Reads the settings. Flags take precedence over the environment.
 *
 * An empty variable counts as not set, as in the original: compose files leave a variable out this way. There are four
 * exceptions. An empty `MODULES`, `SECRET_FILE` or `SECRETS_FILE` is rejected, since "everything" or "everybody" may be
 * the opposite of what was meant. An empty `SECRET` is kept, so that the operator gets a warning.
 * @param flags values by the name of the variable that each flag overrides
 * @throws SettingsError with one line for each invalid variable
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
  return `${origin}: ${problems.join(', ')}; expected ${SETTINGS[name].kind.accepted.replaceAll('`', '')}`;
}
