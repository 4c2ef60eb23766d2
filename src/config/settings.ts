import { delimiter } from 'node:path';
import { AUTH_SETTINGS } from './auth-settings.js';
import { EGRESS_SETTINGS } from './egress-settings.js';
import { hostList, moduleList, originList, wordList } from './list-values.js';
import { OBSERVABILITY_SETTINGS } from './observability-settings.js';
import { directory, executable, futureDirectory, pathList } from './path-values.js';
import { LIMIT_SETTINGS } from './limit-settings.js';
import { environmentWord, host, milliseconds, wholeNumber } from './plain-values.js';
import type { Setting } from './setting.js';
import type { ValueKind } from './value-kind.js';

/** Every setting by the name of its environment variable, in the order of `--help`. */
export const SETTINGS = {
  PORT: {
    kind: wholeNumber(0, 65_535),
    default: '8765',
    description: 'TCP port to listen on; 0 picks a free port.',
  },
  // The original listened everywhere. Without a secret, everyone who can reach the port can run code, so only this
  // machine can reach it.
  HOST: {
    kind: host(),
    defaultNote: '`127.0.0.1`, or `0.0.0.0` with a secret',
    description: 'Address to listen on.',
  },
  TIMEOUT: {
    kind: milliseconds(1),
    default: '3000',
    description: 'Maximum wall-clock time of a script and its call together, in milliseconds.',
    option: ['runtime', 'timeoutMs'],
  },
  ...AUTH_SETTINGS,
  ...OBSERVABILITY_SETTINGS,
  MODULES: {
    kind: moduleList(),
    default: '*',
    description:
      'Modules that scripts may `require`; `*` is every installed package and every safe built-in module.',
    option: ['sandbox', 'modules'],
  },
  ORIGINS: {
    kind: originList(),
    defaultNote: 'none',
    description:
      'Web origins whose pages may connect when no secret is set; origins of this machine always may.',
    option: ['auth', 'origins'],
  },
  HOSTS: {
    kind: hostList(),
    defaultNote: 'none',
    description:
      'Host names that clients may use when no secret is set; IP addresses, `localhost` and `HOST` always work.',
  },
  MAX_FRAME_BYTES: {
    // The original accepted frames of 2 MB; below 1 MiB, existing clients would break. A frame becomes one string, and
    // V8's maximum is 512 Mi characters.
    kind: wholeNumber(1_048_576, 268_435_456),
    default: '8388608',
    description: 'Maximum size of a frame from a client, in bytes; a larger frame closes its connection.',
  },
  MAX_CONCURRENCY: {
    kind: wholeNumber(1, 4096),
    default: '64',
    description: 'Maximum number of runner processes, and so of scripts that run at once.',
    option: ['sandbox', 'maxRunners'],
  },
  QUEUE_SIZE: {
    kind: wholeNumber(0, 1_000_000),
    default: '1024',
    description:
      'Maximum number of scripts that wait for a runner process; further scripts are answered busy.',
    option: ['sandbox', 'queueSize'],
  },
  QUEUE_TIMEOUT: {
    kind: milliseconds(1),
    default: '10000',
    description: 'Maximum wait for a runner process, in milliseconds; then the script is answered busy.',
    option: ['sandbox', 'queueTimeoutMs'],
  },
  SHUTDOWN_GRACE: {
    kind: milliseconds(0),
    default: '5000',
    description: 'Milliseconds that running scripts have to finish at graceful shutdown.',
  },
  SANDBOX_MODULES_DIR: {
    kind: directory(),
    defaultNote: 'none',
    description: 'Folder of packages for scripts (a `node_modules`), searched first.',
  },
  NODE_PATH: {
    kind: pathList(),
    defaultNote: 'none',
    description: 'Further folders of packages, searched next; the folder of `npm root -g` comes last.',
    noFlag: 'Node has no such option either',
  },
  TZ: {
    kind: environmentWord('the name of a time zone, such as `Europe/Berlin`'),
    defaultNote: 'UTC',
    description: 'Time zone of scripts.',
    option: ['sandbox', 'timeZone'],
    noFlag: 'Node has no such option either',
  },
  LC_ALL: {
    kind: environmentWord('the name of a locale, such as `de_DE.UTF-8`'),
    defaultNote: 'the value of `LANG`',
    description: 'Locale of scripts: the default of `Intl` and of methods such as `toLocaleString`.',
    option: ['sandbox', 'locale'],
    noFlag: 'Node has no such option either',
  },
  LANG: {
    kind: environmentWord('the name of a locale, such as `de_DE.UTF-8`'),
    defaultNote: 'that of `en_US`',
    description: 'Locale of scripts if `LC_ALL` is not set.',
    option: ['sandbox', 'language'],
    noFlag: 'Node has no such option either',
  },
  SANDBOX_CODE_CACHE: {
    kind: futureDirectory(),
    defaultNote: 'none',
    description:
      'Folder of the code cache, with which packages load faster in new runner processes. See docs/code-cache.md.',
    option: ['sandbox', 'codeCacheDir'],
  },
  SANDBOX_CODE_CACHE_SIZE: {
    kind: wholeNumber(1, 1_048_576),
    default: '256',
    description: 'Maximum size of the code cache, in MiB.',
    option: ['sandbox', 'maxCodeCacheBytes', (size: number): number => size * 2 ** 20],
  },
  SANDBOX_NODE: {
    kind: executable(),
    defaultNote: "the service's Node",
    description: 'Node binary of the runner processes.',
    option: ['sandbox', 'nodePath'],
  },
  SANDBOX_REQUIRE: {
    kind: wordList(['files', 'network', 'processes', 'signals', 'secrets']),
    defaultNote: 'none',
    description:
      'Guarantees that the operating system must enforce, or the service does not start. See `javascriptd doctor`.',
    option: ['sandbox', 'requiredGuarantees'],
  },
  SANDBOX_TOOLS: {
    kind: pathList(),
    default: '/usr/local/bin:/usr/bin:/bin',
    description:
      'Folders that are searched for `setpriv`, `prlimit`, `unshare` and `choom`, the tools of the hardening layers.',
    option: ['sandbox', 'toolDirs', (paths: string): readonly string[] => paths.split(delimiter)],
  },
  SANDBOX_UID: {
    // 600 ids, all within the range of the kernel.
    kind: wholeNumber(1, 4_294_966_000),
    default: '60578',
    description:
      'If the service runs as root: first of 600 user ids for runner processes, which nothing else uses.',
    option: ['sandbox', 'firstUid'],
  },
  ...EGRESS_SETTINGS,
  ...LIMIT_SETTINGS,
  SANDBOX_MIN_RUNNERS: {
    kind: { ...wholeNumber(1, 4096), accepted: 'a whole number from 1 to `MAX_CONCURRENCY`' },
    defaultNote: 'number of cores plus 2',
    description: 'Runner processes that are kept warm, besides those with CPU-bound scripts.',
    option: ['sandbox', 'minRunners'],
  },
  SANDBOX_MAX_EXECUTIONS: {
    kind: wholeNumber(1, 1_000_000_000),
    default: '10000',
    description: 'Number of scripts after which a runner process is recycled.',
    option: ['sandbox', 'maxExecutionsPerRunner'],
  },
  SANDBOX_IDLE_TIMEOUT: {
    kind: milliseconds(1),
    default: '30000',
    description: 'Milliseconds after which an idle runner process beyond the minimum is stopped.',
    option: ['sandbox', 'idleTimeoutMs'],
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** `--max-frame-bytes` for `MAX_FRAME_BYTES`. */
export function flagOf(name: SettingName): string {
  return `--${name.toLowerCase().replaceAll('_', '-')}`;
}

type ValueOf<S> = S extends { readonly kind: ValueKind<infer T>; readonly default: string }
  ? T
  : S extends { readonly kind: ValueKind<infer T> }
    ? T | undefined
    : never;
/** Parsed values, before defaults that depend on other settings. */
export type ParsedSettings = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

/** The valid settings of a service by the names of their environment variables; those of `*_FILE` under the names without. */
export type Settings = Omit<ParsedSettings, 'SECRET_FILE' | 'EGRESS_HEADERS_FILE'> &
  Readonly<Record<'HOST' | 'SANDBOX_NODE', string>> &
  Readonly<Record<'SANDBOX_MIN_RUNNERS' | 'LIMITS_MAX_HOST_TIME', number>>;
