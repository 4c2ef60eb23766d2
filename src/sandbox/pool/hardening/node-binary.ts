import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { RunnerStartError } from '../../errors.js';

/** What the node binary of the runners takes, found by trying it. */
export interface NodeBinary {
  readonly path: string;
  /** Its version and architecture. */
  readonly version: string;
  /** Flags that take a power away for nothing, of those that this version knows. */
  readonly flags: readonly string[];
  /** The flag of the permission model: its name has changed. */
  readonly permissionFlag: string | undefined;
  /** The flag that lets native add-ons load under that model. */
  readonly addonsFlag?: string | undefined;
  /**
   * The flag that allows sockets under that model, which from Node 25 on covers them. The runner's own pipe is one, as Node
   * sees it. Other layers keep scripts from the network, as on older versions of Node.
   */
  readonly netFlag?: string | undefined;
  /** The libraries that the program is made of. */
  readonly libraries: readonly string[];
}

const PERMISSION_FLAGS = ['--permission', '--experimental-permission'];
const ADDONS_FLAG = '--allow-addons';
const NET_FLAG = '--allow-net';
const OPTIONAL_FLAGS = [
  // SIGUSR1 would open the inspector.
  '--disable-sigusr1',
  // It writes files past the permission model (nodejs/node#54269).
  '--no-experimental-sqlite',
  // Else OpenSSL reads a file that is none of a script's business, and ends the process where it may not.
  '--openssl-config=/dev/null',
];
const TIMEOUT_MS = 10_000;

/** @throws RunnerStartError when the binary does not run */
export async function examineNode(path: string): Promise<NodeBinary> {
  const wanted = [...PERMISSION_FLAGS, ADDONS_FLAG, NET_FLAG, ...OPTIONAL_FLAGS];
  const [refused, { version, libraries }] = await Promise.all([refusedFlags(path, wanted), programOf(path)]);
  const accepted = new Set(wanted.filter((flag) => !refused.has(flag)));
  return {
    path,
    version,
    flags: OPTIONAL_FLAGS.filter((flag) => accepted.has(flag)),
    permissionFlag: PERMISSION_FLAGS.find((flag) => accepted.has(flag)),
    addonsFlag: accepted.has(ADDONS_FLAG) ? ADDONS_FLAG : undefined,
    netFlag: accepted.has(NET_FLAG) ? NET_FLAG : undefined,
    libraries,
  };
}

/** Node names every flag that it does not know, and ends before it starts. */
async function refusedFlags(path: string, flags: readonly string[]): Promise<ReadonlySet<string>> {
  try {
    await promisify(execFile)(path, [...flags, '--version'], { env: {}, timeout: TIMEOUT_MS });
    return new Set();
  } catch (error) {
    const text = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : '';
    return new Set([...text.matchAll(/bad option: (\S+)/g)].map(([, flag = '']) => flag));
  }
}

/** The version, and the files that the program has mapped; none where the system does not tell. */
async function programOf(path: string): Promise<Pick<NodeBinary, 'version' | 'libraries'>> {
  const script =
    'process.stdout.write(`${process.version} ${process.arch}\\n`); try { process.stdout.write(require("node:fs").readFileSync("/proc/self/maps", "utf8")) } catch {}';
  try {
    const { stdout } = await promisify(execFile)(path, ['--eval', script], { env: {}, timeout: TIMEOUT_MS });
    const libraries = [...new Set([...stdout.matchAll(/ (\/.*)$/gm)].map(([, file = '']) => file))];
    return { version: stdout.slice(0, stdout.indexOf('\n')), libraries };
  } catch {
    throw new RunnerStartError(`the runner process did not start: ${path} is no Node that runs`);
  }
}
