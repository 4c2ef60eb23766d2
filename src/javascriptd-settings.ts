import {
  loadSettings,
  SETTING_NAMES,
  SettingsError,
  type SettingName,
  type Settings,
} from './config/index.js';

/** Settings that are written in another form than they are read into. */
interface Written {
  readonly SECRET_FILE: string;
  readonly EGRESS_CA: string;
  /** `host=address` or `host=address:port`. */
  readonly EGRESS_RESOLVE: readonly string[];
  /** Header values by header name, by host. */
  readonly EGRESS_HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly EGRESS_HEADERS_FILE: string;
}

/** The application listens by itself. */
const LISTENING = ['PORT', 'HOST'] as const;
type Embedded = Exclude<SettingName, (typeof LISTENING)[number]>;

type ValueOf<Name extends SettingName> = Name extends keyof Written
  ? Written[Name]
  : Name extends keyof Settings
    ? NonNullable<Settings[Name]>
    : never;

/**
 * The settings of an embedded service, by the names of the environment variables. Numbers, booleans and lists are values,
 * not texts; what is absent has the default of the table in README. The environment is not read.
 */
export type JavascriptdSettings = { readonly [Name in Embedded]?: ValueOf<Name> | undefined };

declare const LOADED: unique symbol;
/** Settings from `loadSettings`. */
export type LoadedSettings = Settings & { readonly [LOADED]: true };

const loaded = new WeakSet<object>();

/** Marks settings that `loadSettings` has checked: they are taken as they are. */
export function asLoaded(settings: Settings): LoadedSettings {
  loaded.add(settings);
  return settings as LoadedSettings;
}

/**
 * Checks settings as those of the environment are checked.
 * @throws SettingsError with one line for each wrong setting
 */
export function settingsOf(given: JavascriptdSettings | LoadedSettings): Settings {
  if (isLoaded(given)) return given;
  const unknown = Object.keys(given).filter((name) => !isEmbedded(name));
  if (unknown.length > 0)
    throw new SettingsError(unknown.map((name) => `${name}: not a setting of JavascriptdModule`));
  return loadSettings(
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, textOf(name, value)])),
  );
}

function isLoaded(given: object): given is LoadedSettings {
  return loaded.has(given);
}

function isEmbedded(name: string): boolean {
  return SETTING_NAMES.some((known) => known === name) && !LISTENING.some((listening) => listening === name);
}

/** As an operator would write the value in the environment. */
function textOf(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.length > 0) return value.join(',');
  // Of all lists, this one allows everything where it is absent.
  return name === 'MODULES' ? 'none' : undefined;
}
