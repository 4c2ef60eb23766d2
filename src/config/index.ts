export { cores } from './cores.js';
export { takeEnvironment, type Environment } from './environment.js';
export { SettingsError } from './errors.js';
export { loadSettings } from './load-settings.js';
export type { Setting } from './setting.js';
export { moduleName } from './list-values.js';
export { moduleDirs } from './module-dirs.js';
export {
  flagOf,
  SETTING_NAMES,
  SETTINGS,
  settingsSchema,
  type SettingName,
  type Settings,
} from './settings.js';
export { MOST_MS, refuseSecret } from './plain-values.js';
export { textOfFile } from './text-file.js';
export { loadTracing, type Tracing } from './tracing.js';
