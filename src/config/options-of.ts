import type { OptionTarget, Setting } from './setting.js';
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from './settings.js';

type Table = typeof SETTINGS;

/** The value of the option that a setting becomes. */
type OptionValue<Name extends SettingName> = Table[Name] extends {
  readonly option: readonly [string, string, (value: never) => infer Value];
}
  ? Value
  : Name extends keyof Settings
    ? Settings[Name]
    : never;

/** The options that settings define, by module, from the entries of the settings table. */
export type SettingOptions = {
  readonly [Target in OptionTarget]: {
    readonly [
      Name in SettingName as Table[Name] extends {
        readonly option: readonly [Target, infer Option extends string, ...(readonly unknown[])];
      }
        ? Option
        : never
    ]?: Exclude<OptionValue<Name>, undefined>;
  };
};

/**
 * Makes the options of a module from the settings whose entries name it.
 * @returns options without those that are not set, so that the defaults of the module apply
 */
export function optionsOf<Target extends OptionTarget>(
  target: Target,
  settings: Readonly<Partial<Record<keyof Settings, unknown>>>,
): SettingOptions[Target] {
  const options: Record<string, unknown> = {};
  for (const name of SETTING_NAMES) {
    const { option: path }: Setting = SETTINGS[name];
    if (path?.[0] !== target) continue;
    const [, option, convert] = path;
    const value = settings[name as keyof Settings];
    if (value !== undefined) options[option] = convert === undefined ? value : convert(value as never);
  }
  return options;
}
