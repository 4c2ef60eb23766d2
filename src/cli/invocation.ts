import { parseArgs } from 'node:util';
import {
  flagOf,
  SETTING_NAMES,
  SETTINGS,
  type Environment,
  type Setting,
  type SettingName,
} from '../config/index.js';

/** What the command line asks for. */
export type Invocation =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** `flags` are texts by the name of the variable that each stands in for. */
  | { readonly kind: 'start'; readonly flags: Environment }
  /** `asJson`: for programs to read. */
  | { readonly kind: 'doctor' | 'modules'; readonly flags: Environment; readonly asJson: boolean }
  /** `problem` is one line, without any value: it might be a secret. */
  | { readonly kind: 'misused'; readonly problem: string };

const BY_FLAG: ReadonlyMap<string, SettingName> = new Map(SETTING_NAMES.map((name) => [flagOf(name), name]));
const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  json: { type: 'boolean' },
  ...Object.fromEntries(SETTING_NAMES.map((name) => [flagOf(name).slice(2), { type: 'string' as const }])),
} as const;

/** Reads the arguments after the program's name. Asking for help wins over anything wrong beside it. */
export function readInvocation(args: readonly string[]): Invocation {
  // Not `strict`: its messages quote values and advise quoting positional arguments, which there are none of.
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const asked = new Set(tokens.map((token) => (token.kind === 'option' ? token.name : '')));
  if (asked.has('help')) return { kind: 'help' };
  if (asked.has('version')) return { kind: 'version' };
  const command = args[0] === 'doctor' || args[0] === 'modules' ? args[0] : undefined;
  const flags: Partial<Record<SettingName, string>> = {};
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (
      command !== undefined &&
      (token.index === 0 || (token.kind === 'option' && token.rawName === '--json'))
    )
      continue;
    if (token.kind === 'positional') return misused('it takes options only, no other arguments');
    const name = BY_FLAG.get(token.rawName);
    if (name === undefined) return misused(`unknown option ${token.rawName}`);
    const { noFlag }: Setting = SETTINGS[name];
    if (noFlag !== undefined)
      return misused(`${token.rawName} is no option: ${noFlag}; set the variable ${name}`);
    // `--port --host x`: the next option is not the value of this one.
    const isNextOption = token.inlineValue === false && token.value.startsWith('--');
    if (token.value === undefined || isNextOption) return misused(`${token.rawName} lacks its value`);
    if (flags[name] !== undefined) return misused(`${token.rawName} is given twice`);
    flags[name] = token.value;
  }
  return command === undefined
    ? { kind: 'start', flags }
    : { kind: command, flags, asJson: asked.has('json') };
}

function misused(problem: string): Invocation {
  return { kind: 'misused', problem: `${problem} (see javascriptd --help)` };
}
