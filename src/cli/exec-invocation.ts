import { parseArgs } from 'node:util';
import { FLAG_NAMES, SettingFlags, valueOf, type Flags } from './setting-flags.js';

/** The arguments of `javascriptd exec`. */
export interface ExecRequest {
  /** Path of the script; `-` is standard input. */
  readonly file: string;
  /** Name of the function to call; undefined if not given. */
  readonly call: string | undefined;
  /** JSON, or `@` and the path of a JSON file. */
  readonly globals: string | undefined;
  /** Code, or `@` and the path of a file with code. */
  readonly caller: string | undefined;
  /** URL of a running service; undefined to run the script in this process. */
  readonly url: string | undefined;
  /** Print the whole reply as JSON, not only the value. */
  readonly asJson: boolean;
  /** Settings by the name of their variable. */
  readonly flags: Flags;
}

export type ExecInvocation =
  ({ readonly kind: 'exec' } & ExecRequest) | { readonly kind: 'misused'; readonly problem: string };

const EXEC_OPTIONS = ['call', 'globals', 'caller', 'url'] as const;
type ExecOption = (typeof EXEC_OPTIONS)[number];
/** Settings that are allowed with `--url`, where they narrow those of the service. */
const URL_SETTINGS: ReadonlySet<string> = new Set(['TIMEOUT']);

const OPTIONS = {
  json: { type: 'boolean' },
  ...Object.fromEntries([...EXEC_OPTIONS, ...FLAG_NAMES].map((name) => [name, { type: 'string' as const }])),
} as const;

/** Parses the arguments after `exec`. */
export function readExecInvocation(args: readonly string[]): ExecInvocation {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const files: string[] = [];
  const own: Partial<Record<ExecOption, string>> = {};
  const settings = new SettingFlags();
  let asJson = false;
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    const name = EXEC_OPTIONS.find((one) => token.rawName === `--${one}`);
    if (token.rawName === '--json') asJson = true;
    else if (name === undefined) {
      const problem = settings.take(token);
      if (problem !== undefined) return misused(problem);
    } else {
      const value = valueOf(token);
      if (value === undefined) return misused(`--${name} requires a value`);
      if (own[name] !== undefined) return misused(`--${name} is given more than once`);
      own[name] = value;
    }
  }
  const [file, ...more] = files;
  if (file === undefined) return misused('exec requires the path of a script, or - for standard input');
  if (more.length > 0) return misused('exec accepts only one script');
  const { call, globals, caller, url } = own;
  if (url !== undefined && !(URL.canParse(url) && /^wss?:\/\/[^#]*$/.test(url)))
    return misused('--url must begin with ws:// or wss://');
  const foreign = Object.keys(settings.flags).filter((name) => !URL_SETTINGS.has(name));
  if (url !== undefined && foreign.length > 0) {
    return misused(`${foreign.join(', ')}: not supported with --url, the service has its own settings`);
  }
  return { kind: 'exec', file, call, globals, caller, url, asJson, flags: settings.flags };
}

function misused(problem: string): ExecInvocation {
  return { kind: 'misused', problem: `${problem} (see javascriptd --help)` };
}
