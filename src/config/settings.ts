import { z } from 'zod';
import { cores } from './cores.js';
import { DOOR_SETTINGS } from './door-settings.js';
import { EGRESS_SETTINGS } from './egress-settings.js';
import { hostList, moduleList, originList, wordList } from './list-values.js';
import { OBSERVABILITY_SETTINGS } from './observability-settings.js';
import { directory, executable, pathList } from './path-values.js';
import { LIMIT_SETTINGS } from './limit-settings.js';
import { host, milliseconds, wholeNumber } from './plain-values.js';
import type { Setting } from './setting.js';
import { conflictsOf } from './setting-conflicts.js';
import type { ValueKind } from './value-kind.js';

/** As long as one call of a host function may take. */
const USUAL_HOST_TIME_MS = 60_000;

/** Every setting, by the name of its environment variable, in the order in which they are shown. */
export const SETTINGS = {
  PORT: {
    kind: wholeNumber(0, 65_535),
    initial: '8765',
    meaning: 'TCP port to listen on; 0 takes any free one.',
  },
  // The original listened everywhere, and a secret is set to be reached from elsewhere. Without one, whoever
  // reaches the port runs code, so only this machine does.
  HOST: {
    kind: host(),
    without: '`127.0.0.1`, with a secret `0.0.0.0`',
    meaning: 'Address to listen on.',
  },
  TIMEOUT: {
    kind: milliseconds(1),
    initial: '3000',
    meaning: 'Milliseconds that a script and its call may take together.',
  },
  ...DOOR_SETTINGS,
  ...OBSERVABILITY_SETTINGS,
  MODULES: {
    kind: moduleList(),
    initial: '*',
    meaning: 'What scripts may `require`; `*` is every installed package and every safe built-in module.',
  },
  ORIGINS: {
    kind: originList(),
    without: 'none',
    meaning:
      'Web origins whose pages may connect while there is no secret; those of this machine always may.',
  },
  HOSTS: {
    kind: hostList(),
    without: 'none',
    meaning:
      'Host names that clients may use while there is no secret; IP addresses, `localhost` and `HOST` always work.',
  },
  MAX_FRAME_BYTES: {
    // The original took frames of 2 MB; below 1 MiB clients that work today would break. A frame becomes one
    // string, and V8's longest holds 512 Mi characters.
    kind: wholeNumber(1_048_576, 268_435_456),
    initial: '8388608',
    meaning: 'Longest frame taken from a client, in bytes; a longer one closes its connection.',
  },
  MAX_CONCURRENCY: {
    kind: wholeNumber(1, 4096),
    initial: '64',
    meaning: 'Most runner processes, so also most scripts running at once.',
  },
  QUEUE_SIZE: {
    kind: wholeNumber(0, 1_000_000),
    initial: '1024',
    meaning: 'Most scripts waiting for a runner process; one more is answered busy.',
  },
  QUEUE_TIMEOUT: {
    kind: milliseconds(1),
    initial: '10000',
    meaning: 'Longest wait for a runner process, in milliseconds; then the answer is busy.',
  },
  SHUTDOWN_GRACE: {
    kind: milliseconds(0),
    initial: '5000',
    meaning: 'Milliseconds that running scripts get to finish when the service stops.',
  },
  SANDBOX_MODULES_DIR: {
    kind: directory(),
    without: 'none',
    meaning: 'Folder of packages for scripts (a `node_modules`), searched first.',
  },
  NODE_PATH: {
    kind: pathList(),
    without: 'none',
    meaning: 'More folders of packages, searched next; those of `npm root -g` come last.',
    noFlag: 'Node has no such option either',
  },
  SANDBOX_NODE: {
    kind: executable(),
    without: "the service's own",
    meaning: 'Node binary of the runner processes.',
  },
  SANDBOX_REQUIRE: {
    kind: wordList(['files', 'network', 'processes', 'signals', 'secrets']),
    without: 'none',
    meaning:
      'Guarantees that the operating system must enforce here; else the service does not start. See `javascriptd doctor`.',
  },
  SANDBOX_TOOLS: {
    kind: pathList(),
    initial: '/usr/local/bin:/usr/bin:/bin',
    meaning:
      'Folders in which `setpriv`, `prlimit`, `unshare` and `choom` are looked for, to build layers around scripts.',
  },
  SANDBOX_UID: {
    // Of 600, each below the highest that the kernel has.
    kind: wholeNumber(1, 4_294_966_000),
    initial: '60578',
    meaning:
      'Where the service runs as root: first of 600 user ids, one for each runner process, that nobody else has.',
  },
  ...EGRESS_SETTINGS,
  ...LIMIT_SETTINGS,
  SANDBOX_MIN_RUNNERS: {
    kind: { ...wholeNumber(1, 4096), accepted: 'a whole number from 1 to `MAX_CONCURRENCY`' },
    without: 'number of cores and 2 more',
    meaning: 'Runner processes kept warm, beside those whose scripts compute for long.',
  },
  SANDBOX_MAX_EXECUTIONS: {
    kind: wholeNumber(1, 1_000_000_000),
    initial: '10000',
    meaning: 'Scripts after which a runner process is replaced by a new one.',
  },
  SANDBOX_IDLE_TIMEOUT: {
    kind: milliseconds(1),
    initial: '30000',
    meaning: 'Milliseconds after which an idle runner process above the minimum is ended.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** `--max-frame-bytes` for `MAX_FRAME_BYTES`. */
export function flagOf(name: SettingName): string {
  return `--${name.toLowerCase().replaceAll('_', '-')}`;
}

type ValueOf<S> = S extends { readonly kind: ValueKind<infer T>; readonly initial: string }
  ? T
  : S extends { readonly kind: ValueKind<infer T> }
    ? T | undefined
    : never;
type Given = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

/** The settings of a service, all valid, by the names of their environment variables; `SECRET` wherever it came from. */
export type Settings = Omit<Given, 'SECRET_FILE'> &
  Readonly<Record<'HOST' | 'SANDBOX_NODE', string>> &
  Readonly<Record<'SANDBOX_MIN_RUNNERS' | 'LIMITS_MAX_HOST_TIME', number>>;

function fieldOf({ kind, initial }: Setting): z.ZodType {
  return initial === undefined ? kind.schema.optional() : kind.schema.prefault(initial);
}

/** What @nestjs/config serves: names to texts in, {@link Settings} out. Names it does not know are left out. */
export const settingsSchema = z
  .object(Object.fromEntries(SETTING_NAMES.map((name) => [name, fieldOf(SETTINGS[name])])))
  .transform((fields, context): Settings => {
    const { SECRET_FILE, ...given } = fields as Given;
    const minRunners = given.SANDBOX_MIN_RUNNERS ?? Math.min(given.MAX_CONCURRENCY, cores() + 2);
    const all = { ...given, SECRET_FILE, SANDBOX_MIN_RUNNERS: minRunners };
    for (const [name, message] of conflictsOf(all))
      context.addIssue({ code: 'custom', path: [name], message });
    const SECRET = SECRET_FILE ?? given.SECRET;
    const hasSecret = (SECRET !== undefined && SECRET !== '') || given.SECRETS_FILE !== undefined;
    return {
      ...given,
      SECRET,
      HOST: given.HOST ?? (hasSecret ? '0.0.0.0' : '127.0.0.1'),
      SANDBOX_NODE: given.SANDBOX_NODE ?? process.execPath,
      SANDBOX_MIN_RUNNERS: minRunners,
      LIMITS_MAX_HOST_TIME:
        given.LIMITS_MAX_HOST_TIME ?? Math.max(USUAL_HOST_TIME_MS, given.LIMITS_MAX_TIMEOUT ?? given.TIMEOUT),
    };
  });
