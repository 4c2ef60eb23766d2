import { flagOf, SETTING_NAMES, SETTINGS, type Setting, type SettingName } from '../config/index.js';

/** Values by the name of the variable that each flag overrides. */
export type Flags = Readonly<Partial<Record<SettingName, string>>>;

/** An option token of `parseArgs`. */
export interface OptionToken {
  readonly kind: 'option';
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

const BY_FLAG: ReadonlyMap<string, SettingName> = new Map(SETTING_NAMES.map((name) => [flagOf(name), name]));

/** The names of all settings as options, without the dashes. */
export const FLAG_NAMES: readonly string[] = SETTING_NAMES.map((name) => flagOf(name).slice(2));

/** Collects the flags that are settings. */
export class SettingFlags {
  readonly #flags: Partial<Record<SettingName, string>> = {};

  get flags(): Flags {
    return this.#flags;
  }

  /**
   * Adds an option.
   * @returns the problem, if any, without the value, which may be a secret
   */
  take(token: OptionToken): string | undefined {
    const { rawName } = token;
    const name = BY_FLAG.get(rawName);
    if (name === undefined) return `unknown option ${rawName}`;
    const { noFlag }: Setting = SETTINGS[name];
    if (noFlag !== undefined)
      return `${rawName} is not supported: ${noFlag}; set the environment variable ${name}`;
    const value = valueOf(token);
    if (value === undefined) return `${rawName} requires a value`;
    if (this.#flags[name] !== undefined) return `${rawName} is given more than once`;
    this.#flags[name] = value;
    return undefined;
  }
}

/** The value of an option. In `--port --host x`, `--host` is not the value of `--port`. */
export function valueOf({ value, inlineValue }: OptionToken): string | undefined {
  return inlineValue === false && value?.startsWith('--') === true ? undefined : value;
}
