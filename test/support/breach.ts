import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const GATEWAY = fileURLToPath(new URL('../breach/gateway.mjs', import.meta.url));

/** Ladders by name: the layers of each. What `user` needs, only root has. */
export const LADDERS = {
  none: [],
  node: ['node'],
  'privileges, limits': ['privileges', 'limits'],
  'privileges, limits, user': ['privileges', 'limits', 'user'],
  'privileges, limits, namespaces': ['privileges', 'limits', 'namespaces'],
  'privileges, limits, landlock, seccomp': ['privileges', 'limits', 'landlock', 'seccomp'],
  'all but node': ['privileges', 'limits', 'user', 'namespaces', 'landlock', 'seccomp'],
  all: ['privileges', 'limits', 'user', 'namespaces', 'landlock', 'seccomp', 'node'],
} as const;

export type LadderName = keyof typeof LADDERS;
export const COLUMNS = [
  'files',
  'network',
  'processes',
  'signals',
  'secrets',
  'disk',
  'descriptors',
] as const;
export type Broken = Readonly<Record<(typeof COLUMNS)[number], readonly string[]>>;
export type Breached = Broken | { readonly cannot: string };

/** The ladders that differ for a service of that user: only root can give runners users of their own. */
export function laddersOf(user: 'root' | 'nobody'): readonly LadderName[] {
  const names = Object.keys(LADDERS) as LadderName[];
  return names.filter((name) => user === 'root' || name !== 'privileges, limits, user');
}

/** Lets breached runners loose under each ladder, from a service of that user. */
export async function breach(
  user: 'root' | 'nobody',
  node: string,
  toolDirs: readonly string[],
): Promise<ReadonlyMap<LadderName, Breached>> {
  const ladders = Object.fromEntries(
    laddersOf(user).map((name) => [
      name,
      LADDERS[name].filter((layer) => user === 'root' || layer !== 'user'),
    ]),
  );
  const asNobody = user === 'nobody' && process.getuid?.() === 0;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [GATEWAY, JSON.stringify({ node, toolDirs, ladders })],
    { ...(asNobody && { uid: 65_534, gid: 65_534 }), env: {}, cwd: '/', timeout: 120_000 },
  );
  return new Map(Object.entries(JSON.parse(stdout) as Record<LadderName, Breached>)) as ReadonlyMap<
    LadderName,
    Breached
  >;
}

/** A row of the table in docs/guarantees.md. */
export function rowOf(user: string, node: string, ladder: string, broken: Broken): readonly string[] {
  return [user, node, ladder, ...COLUMNS.map((column) => cellOf(column, broken[column]))];
}

/** `held`, `open`, or which attacks went through where it is half open. */
function cellOf(column: string, attacks: readonly string[]): string {
  if (attacks.length === 0) return 'held';
  const whole: Readonly<Record<string, number>> = {
    files: 8,
    network: 5,
    processes: 3,
    signals: 3,
    secrets: 6,
  };
  return attacks.length >= (whole[column] ?? 1) ? '**open**' : `**${attacks.join(', ')}**`;
}
