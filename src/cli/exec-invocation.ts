import { parseArgs } from 'node:util';
import { FLAG_NAMES, SettingFlags, valueOf, type Flags } from './setting-flags.js';

/** What `javascriptd exec` is asked for. */
export interface ExecRequest {
  /** Path of the script; `-` is standard input. */
  readonly file: string;
  /** Name of the function to call; absent where none was given. */
  readonly call: string | undefined;
  /** JSON, or `@` and the path of a file that holds it. */
  readonly globals: string | undefined;
  /** Code, or `@` and the path of a file that holds it. */
  readonly caller: string | undefined;
  /** Of a service; absent for one of its own. */
  readonly url: string | undefined;
  /** The whole answer as JSON, and not the value alone. */
  readonly asJson: boolean;
  /** Settings by the name of their variable. */
  readonly flags: Flags;
}

export type ExecInvocation =
  ({ readonly kind: 'exec' } & ExecRequest) | { readonly kind: 'misused'; readonly problem: string };

const OWN = ['call', 'globals', 'caller', 'url'] as const;
type Own = (typeof OWN)[number];
/** Of a service that is elsewhere it means less than the operator's; the other settings are the operator's alone. */
const FOR_BOTH: ReadonlySet<string> = new Set(['TIMEOUT']);

const OPTIONS = {
  json: { type: 'boolean' },
  ...Object.fromEntries([...OWN, ...FLAG_NAMES].map((name) => [name, { type: 'string' as const }])),
} as const;

/** Reads the arguments after `exec`. */
export function readExecInvocation(args: readonly string[]): ExecInvocation {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const files: string[] = [];
  const own: Partial<Record<Own, string>> = {};
  const settings = new SettingFlags();
  let asJson = false;
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    const name = OWN.find((one) => token.rawName === `--${one}`);
    if (token.rawName === '--json') asJson = true;
    else if (name === undefined) {
      const problem = settings.take(token);
      if (problem !== undefined) return misused(problem);
    } else {
      const value = valueOf(token);
      if (value === undefined) return misused(`--${name} lacks its value`);
      if (own[name] !== undefined) return misused(`--${name} is given twice`);
      own[name] = value;
    }
  }
  const [file, ...more] = files;
  if (file === undefined) return misused('exec needs the path of a script, or - for standard input');
  if (more.length > 0) return misused('exec takes one script');
  const { call, globals, caller, url } = own;
  if (url !== undefined && !(URL.canParse(url) && /^wss?:\/\/[^#]*$/.test(url)))
    return misused('--url must begin with ws:// or wss://');
  const foreign = Object.keys(settings.flags).filter((name) => !FOR_BOTH.has(name));
  if (url !== undefined && foreign.length > 0) {
    return misused(`${foreign.join(', ')}: with --url, the settings are those of the service`);
  }
  return { kind: 'exec', file, call, globals, caller, url, asJson, flags: settings.flags };
}

function misused(problem: string): ExecInvocation {
  return { kind: 'misused', problem: `${problem} (see javascriptd --help)` };
}
