import { parseArgs } from 'node:util';
import type { Environment } from '../config/index.js';
import { readExecInvocation, type ExecInvocation } from './exec-invocation.js';
import { FLAG_NAMES, SettingFlags } from './setting-flags.js';

const COMMANDS = ['doctor', 'modules', 'warm'] as const;
type Command = (typeof COMMANDS)[number];

/** A parsed command line. */
export type Invocation =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** `flags` are values by the name of the variable that each flag overrides. */
  | { readonly kind: 'start'; readonly flags: Environment }
  /** `asJson`: machine-readable output. */
  | { readonly kind: Command; readonly flags: Environment; readonly asJson: boolean }
  | ExecInvocation
  /** `problem` is one line without any value, which may be a secret. */
  | { readonly kind: 'misused'; readonly problem: string };

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  json: { type: 'boolean' },
  ...Object.fromEntries(FLAG_NAMES.map((name) => [name, { type: 'string' as const }])),
} as const;

/** Parses the arguments after the program name. `--help` takes precedence over any error. */
export function readInvocation(args: readonly string[]): Invocation {
  // Not `strict`: its messages quote values, and suggest positional arguments, which are not supported.
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const asked = new Set(tokens.map((token) => (token.kind === 'option' ? token.name : '')));
  if (asked.has('help')) return { kind: 'help' };
  if (asked.has('version')) return { kind: 'version' };
  if (args[0] === 'exec') return readExecInvocation(args.slice(1));
  const command = COMMANDS.find((name) => name === args[0]);
  const settings = new SettingFlags();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (
      command !== undefined &&
      (token.index === 0 || (token.kind === 'option' && token.rawName === '--json'))
    )
      continue;
    if (token.kind === 'positional') return misused('unexpected argument: only options are supported');
    const problem = settings.take(token);
    if (problem !== undefined) return misused(problem);
  }
  const { flags } = settings;
  return command === undefined
    ? { kind: 'start', flags }
    : { kind: command, flags, asJson: asked.has('json') };
}

function misused(problem: string): Invocation {
  return { kind: 'misused', problem: `${problem} (see javascriptd --help)` };
}
