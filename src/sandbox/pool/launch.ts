import type { SpawnOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Isolation } from '../execution.js';
import type { HostCapabilities } from './hardening/host-capabilities.js';
import { landlockOptions } from './hardening/landlock.js';
import type { Layer } from './hardening/layer.js';
import { FIRST_TO_GO } from './hardening/oom-score.js';
import { type ResourceLimits, heapFlags, resourceLimitOptions } from './hardening/resource-limits.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const RUNNER_FOLDER = here('../runner/');
/** What a runner process reads of ours. */
const PROGRAM_FOLDERS = [RUNNER_FOLDER, here('../realm/'), here('../boundary/')];
/** Node asks it whether the runner's files are modules. */
const PACKAGE_JSON = here('../../../package.json');
const SECCOMP_FILTER = here(`./hardening/seccomp/${process.arch}.bpf`);

/** What starts a runner process: the arguments of `spawn`. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
  /** To be called once the process has ended, or could not be started: its user id is then another's. */
  readonly ended?: () => void;
}

/** What a launch depends on. */
export interface LaunchPlan {
  readonly host: HostCapabilities;
  readonly layers: ReadonlySet<Layer>;
  /** Folders that the process may read, besides its own program. */
  readonly folders: readonly string[];
  readonly limits: ResourceLimits;
  /** The program: a runner, one that tries what a runner must not be able to do, or one that makes code packs. */
  readonly program: 'main' | 'probe' | 'maker';
  /** Of the scripts that it runs; `context` when absent. */
  readonly isolation?: Isolation | undefined;
  /** Whether packages may load native add-ons, at level `process`. */
  readonly addons?: boolean | undefined;
  /** Whether contexts compile WebAssembly; at level `process` nothing keeps a script from it. */
  readonly webAssembly?: boolean | undefined;
}

/**
 * Every power that a runner process does not get is withheld here, before its first instruction. The tools before
 * Node each put a layer around what follows them, and become it; only `unshare` stays, as the parent, because
 * the first process of a new namespace has to be made. The pid that is killed is then its: the kernel ends the
 * runner with it (parent-death signal), and with the runner, which is the namespace's init, all that it holds.
 * @throws RunnerStartError when processes have all the user ids that there are for runners
 */
export function launchOf(plan: LaunchPlan): Launch {
  const [file, ...args] = commandOf(plan);
  const user = plan.layers.has('user') ? plan.host.userIds.take() : undefined;
  return {
    file,
    args,
    options: {
      // Nothing of the gateway's environment: its secret least of all.
      env: {},
      cwd: '/',
      // Standard error says why a runner is not ready, and later whether its memory was full. It is logged in the
      // first case only: nothing of a script is in it by then.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      // Takes every capability of root and every group away, too.
      ...(user !== undefined && { uid: user.uid, gid: user.uid }),
    },
    ...(user !== undefined && { ended: user.release }),
  };
}

function commandOf(plan: LaunchPlan): [string, ...string[]] {
  const ofProcess = plan.isolation === 'process';
  const node = [
    plan.host.node.path,
    ...nodeFlags(plan),
    `${RUNNER_FOLDER}${programOf(plan)}`,
    ...(ofProcess && plan.addons === true ? ['addons'] : []),
    ...(!ofProcess && plan.webAssembly === true ? ['webassembly'] : []),
  ];
  return [
    ...namespaces(plan),
    ...resourceLimits(plan),
    ...privileges(plan),
    ...kernelFilters(plan),
    ...node,
  ] as [string, ...string[]];
}

/** A runner is a bundle in one file: see `build/bundle-realm.mjs`. */
function programOf({ program, isolation = 'context' }: LaunchPlan): string {
  return program === 'main' ? `${isolation}/main.cjs` : `${program}.js`;
}

function namespaces({ host: { tools }, layers }: LaunchPlan): readonly string[] {
  if (!layers.has('namespaces') || tools.unshare === undefined) return [];
  const { setpriv, unshare, choom } = tools;
  return [
    // By itself, before it forks: what the gateway writes may come too late for the child.
    ...(choom === undefined ? [] : [choom, '-n', String(FIRST_TO_GO), '--']),
    // The parent that stays must end with the gateway, too.
    ...(setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL', '--']),
    unshare,
    // The user's own id inside as outside: a root of its own would have powers inside.
    '--user',
    '--map-current-user',
    '--net',
    '--ipc',
    '--uts',
    '--pid',
    '--fork',
    '--kill-child=KILL',
    '--mount-proc',
    '--',
  ];
}

function resourceLimits({ host: { tools }, layers, limits }: LaunchPlan): readonly string[] {
  if (!layers.has('limits') || tools.prlimit === undefined) return [];
  return [tools.prlimit, ...resourceLimitOptions(limits, layers.has('user')), '--'];
}

function privileges({ host: { tools, isRoot }, layers }: LaunchPlan): readonly string[] {
  if (!layers.has('privileges') || tools.setpriv === undefined) return [];
  // Only root may shrink the bounding set, which means nothing without capabilities and without new privileges.
  const keepsRoot = isRoot && !layers.has('user');
  return [
    tools.setpriv,
    '--no-new-privs',
    '--inh-caps=-all',
    '--ambient-caps=-all',
    ...(keepsRoot ? ['--bounding-set=-all'] : []),
    '--pdeathsig',
    'KILL',
    '--',
  ];
}

/** Last before Node, and after {@link privileges}: the filter refuses what the other tools do. */
function kernelFilters({ host, layers, folders }: LaunchPlan): readonly string[] {
  const { setpriv } = host.tools;
  const hasLandlock = layers.has('landlock');
  const hasSeccomp = layers.has('seccomp');
  if (setpriv === undefined || !(hasLandlock || hasSeccomp)) return [];
  return [
    setpriv,
    // Without it a process may not be given filters; it stays in force.
    '--no-new-privs',
    ...(hasLandlock ? landlockOptions(host.node, [PACKAGE_JSON], [...PROGRAM_FOLDERS, ...folders]) : []),
    ...(hasSeccomp ? ['--seccomp-filter', SECCOMP_FILTER] : []),
    '--',
  ];
}

/**
 * The flags that decide what code V8 makes, and a few more. A code pack fits only where they are the same.
 */
export function engineFlags({ host, limits, isolation, ...plan }: EnginePlan): readonly string[] {
  const addons = isolation === 'process' && plan.addons === true;
  return [
    // Gives `import()` to our callback in every position (runner/script/compile.ts).
    '--experimental-vm-modules',
    // At level `process` the script lives in this realm, as in any Node, and alone.
    ...(isolation === 'process' ? [] : [...INERT_REALM, ...COLLECTION]),
    ...heapFlags(limits),
    ...(addons ? [] : ['--no-addons']),
    '--no-warnings',
    ...host.node.flags,
  ];
}

type EnginePlan = Pick<LaunchPlan, 'host' | 'limits' | 'isolation' | 'addons'>;

function nodeFlags(plan: LaunchPlan): readonly string[] {
  const { layers, folders, isolation } = plan;
  const { node } = plan.host;
  const addons = isolation === 'process' && plan.addons === true;
  return [
    ...engineFlags(plan),
    ...(layers.has('node') && node.permissionFlag !== undefined
      ? [
          node.permissionFlag,
          ...(addons && node.addonsFlag !== undefined ? [node.addonsFlag] : []),
          ...(node.netFlag === undefined ? [] : [node.netFlag]),
          ...[...PROGRAM_FOLDERS, PACKAGE_JSON, ...folders].map(readable),
        ]
      : []),
  ];
}

/**
 * A runner's heap is small, and most of it is contexts that are garbage together: to collect it in one go takes a few
 * milliseconds, and the cores are for scripts, not for threads that mark beside them. Below a heap limit, V8 collects a small
 * heap so often that it mostly marks what lives: 24 MB of garbage may gather first
 * (docs/decisions/0040-runners-are-bundles-and-short-frames-one-write.md). Not for a process of one script: with flags that it
 * was not built with, V8 turns down Node's own code cache, and starts later.
 */
const COLLECTION = ['--no-incremental-marking', '--single-threaded-gc', '--initial-old-space-size=24'];

const INERT_REALM = [
  // Makes a host `Function` that leaked into a script useless; contexts allow their own eval.
  '--disallow-code-generation-from-strings',
];

function readable(path: string): string {
  return `--allow-fs-read=${path}`;
}
