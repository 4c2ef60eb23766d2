import { flagOf, SETTING_NAMES, SETTINGS, type Setting, type SettingName } from '../config/index.js';

/** Texts by the name of the variable that each stands in for. */
export type Flags = Readonly<Partial<Record<SettingName, string>>>;

/** One option as `parseArgs` tells it. */
export interface OptionToken {
  readonly kind: 'option';
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

const BY_FLAG: ReadonlyMap<string, SettingName> = new Map(SETTING_NAMES.map((name) => [flagOf(name), name]));

/** The names of all settings as options, without the dashes. */
export const FLAG_NAMES: readonly string[] = SETTING_NAMES.map((name) => flagOf(name).slice(2));

/** Collects the options that are settings. */
export class SettingFlags {
  readonly #flags: Partial<Record<SettingName, string>> = {};

  get flags(): Flags {
    return this.#flags;
  }

  /** Takes an option; gives what is wrong with it, without its value: it might be a secret. */
  take(token: OptionToken): string | undefined {
    const { rawName } = token;
    const name = BY_FLAG.get(rawName);
    if (name === undefined) return `unknown option ${rawName}`;
    const { noFlag }: Setting = SETTINGS[name];
    if (noFlag !== undefined) return `${rawName} is no option: ${noFlag}; set the variable ${name}`;
    const value = valueOf(token);
    if (value === undefined) return `${rawName} lacks its value`;
    if (this.#flags[name] !== undefined) return `${rawName} is given twice`;
    this.#flags[name] = value;
    return undefined;
  }
}

/** The value of an option. `--port --host x`: the next option is not the value of this one. */
export function valueOf({ value, inlineValue }: OptionToken): string | undefined {
  return inlineValue === false && value?.startsWith('--') === true ? undefined : value;
}
