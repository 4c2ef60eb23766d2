import { RunnerStartError } from '../../../../src/sandbox/errors.js';
import type { Layer } from '../../../../src/sandbox/pool/hardening/layer.js';
import { UserIds } from '../../../../src/sandbox/pool/hardening/user-ids.js';
import { launchOf, type LaunchPlan } from '../../../../src/sandbox/pool/launch.js';

const CAPABILITIES: LaunchPlan['host'] = {
  node: {
    path: '/opt/node',
    version: 'v26.1.0 x64',
    flags: ['--disable-sigusr1'],
    permissionFlag: '--permission',
    libraries: [],
  },
  tools: { setpriv: '/t/setpriv', prlimit: '/t/prlimit', unshare: '/t/unshare', choom: '/t/choom' },
  isRoot: true,
  userIds: new UserIds(5000, 3, () => new Set()),
};

function launched(layers: readonly Layer[], plan: Partial<LaunchPlan> = {}) {
  return launchOf({
    host: CAPABILITIES,
    layers: new Set(layers),
    folders: ['/packages'],
    limits: {},
    program: 'main',
    ...plan,
  });
}

function ofProcess(layers: readonly Layer[], plan: Partial<LaunchPlan> = {}) {
  return launched(layers, { isolation: 'process', ...plan }).args;
}

/** The command line as words, up to Node. */
function tools(layers: readonly Layer[], plan: Partial<LaunchPlan> = {}): string {
  const { file, args } = launched(layers, plan);
  const words = [file, ...args];
  return words.slice(0, words.indexOf('/opt/node')).join(' ');
}

/** With one user id, which none has. */
function capabilitiesOf(): LaunchPlan['host'] {
  return { ...CAPABILITIES, userIds: new UserIds(5000, 1, () => new Set()) };
}

describe('the launch of a runner process', () => {
  it('uses the node binary it is given, and nothing before it without a layer', () => {
    expect(launched([]).file).toBe('/opt/node');
  });

  it('gives it nothing of the environment, and no descriptor but the pipe and standard error', () => {
    expect(launched([]).options).toEqual({ env: {}, cwd: '/', stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  });

  it('lets the host realm make no code from strings, and passes the flags that this Node takes', () => {
    expect(launched([]).args).toEqual(
      expect.arrayContaining([
        '--experimental-vm-modules',
        '--disallow-code-generation-from-strings',
        '--no-addons',
        '--disable-sigusr1',
      ]),
    );
  });

  describe('at level process', () => {
    it('starts its own program, in a realm as any Node’s', () => {
      const args = ofProcess([]);
      expect(args.at(-1)).toMatch(/\/process\/main\.cjs$/);
      expect(args).not.toContain('--disallow-code-generation-from-strings');
    });

    it('loads native add-ons where the operator says so, and only then', () => {
      const node = { ...CAPABILITIES.node, addonsFlag: '--allow-addons' };
      const host = { ...CAPABILITIES, node };
      expect(ofProcess(['node'], { host })).toContain('--no-addons');
      const args = ofProcess(['node'], { host, addons: true });
      expect(args).toContain('--allow-addons');
      expect(args).not.toContain('--no-addons');
      expect(args.at(-1)).toBe('addons');
      expect(launched(['node'], { host, addons: true }).args).toContain('--no-addons');
    });
  });

  it('allows sockets under the permission model where Node would refuse the pipe else, and not without the model', () => {
    const host = { ...CAPABILITIES, node: { ...CAPABILITIES.node, netFlag: '--allow-net' } };
    expect(launched(['node'], { host }).args).toContain('--allow-net');
    expect(launched([], { host }).args).not.toContain('--allow-net');
    expect(launched(['node']).args).not.toContain('--allow-net');
  });

  it('collects garbage in one go, in its own thread and not too often; not at level process, which starts later with flags of V8', () => {
    const flags = ['--no-incremental-marking', '--single-threaded-gc', '--initial-old-space-size=24'];
    expect(launched([]).args).toEqual(expect.arrayContaining(flags));
    for (const flag of flags) expect(ofProcess([])).not.toContain(flag);
  });

  it('leaves to the heap a part of the memory', () => {
    const { args } = launched([], { limits: { memoryBytes: 100 * 2 ** 20 } });
    expect(args).toContain('--max-old-space-size=60');
    const limits = { memoryBytes: 100 * 2 ** 20, heapBytes: 32 * 2 ** 20 };
    expect(launched([], { limits }).args).toContain('--max-old-space-size=32');
  });

  it('ends in the runner, or in the probe with everything else the same', () => {
    const all: Layer[] = ['privileges', 'limits', 'user', 'namespaces', 'landlock', 'seccomp', 'node'];
    const runner = launched(all, { host: capabilitiesOf() });
    const probe = launched(all, { host: capabilitiesOf(), program: 'probe' });
    expect(runner.args.at(-1)).toMatch(/\/sandbox\/runner\/context\/main\.cjs$/);
    expect(probe.args.at(-1)).toMatch(/\/sandbox\/runner\/probe\.js$/);
    expect({ ...probe, args: probe.args.slice(0, -1), ended: undefined }).toEqual({
      ...runner,
      args: runner.args.slice(0, -1),
      ended: undefined,
    });
  });

  it('user: gives each runner process another user, which nobody else is', () => {
    const host = { ...CAPABILITIES, userIds: new UserIds(5000, 2, () => new Set()) };
    const [one, other] = [launched(['user'], { host }), launched(['user'], { host })];
    expect(one.options).toMatchObject({ uid: 5000, gid: 5000 });
    expect(other.options).toMatchObject({ uid: 5001, gid: 5001 });
    expect(() => launched(['user'], { host })).toThrow(RunnerStartError);
    one.ended?.();
    expect(launched(['user'], { host }).options).toMatchObject({ uid: 5000, gid: 5000 });
  });

  it('privileges: none new, no capabilities, and death with the gateway', () => {
    expect(tools(['privileges', 'user'])).toBe(
      '/t/setpriv --no-new-privs --inh-caps=-all --ambient-caps=-all --pdeathsig KILL --',
    );
  });

  it('privileges: takes from root, where it stays root, what it could get back', () => {
    expect(tools(['privileges'])).toContain('--bounding-set=-all');
    expect(tools(['privileges'], { host: { ...CAPABILITIES, isRoot: false } })).not.toContain('bounding');
  });

  it('limits: no core, no byte in a file, few descriptors; threads only where the user is its own', () => {
    expect(tools(['limits'])).toBe('/t/prlimit --core=0 --fsize=0 --nofile=256 --');
    expect(tools(['limits', 'user'])).toContain('--nproc=64');
    expect(tools(['limits'], { limits: { memoryBytes: 1000 } })).toContain(`--data=${1000 + 2 ** 30}`);
  });

  it('namespaces: network, processes and IPC of its own, with a parent that dies with the gateway', () => {
    expect(tools(['namespaces'])).toBe(
      '/t/choom -n 1000 -- /t/setpriv --pdeathsig KILL -- /t/unshare --user --map-current-user --net --ipc --uts --pid --fork --kill-child=KILL --mount-proc --',
    );
  });

  it('landlock: leaves the program, the packages and nothing else to be read', () => {
    const text = tools(['landlock'], { folders: ['/usr'] });
    expect(text).toMatch(/^\/t\/setpriv --no-new-privs --landlock-access fs /);
    expect(text).toMatch(/path-beneath:read-file,read-dir:\/\S*\/sandbox\/runner\/ /);
    expect(text).toContain('path-beneath:read-file,read-dir:/usr ');
    expect(text).not.toMatch(/write|make|remove|refer|truncate/);
  });

  it('landlock: names no folder that is not there, at which setpriv would fail', () => {
    expect(tools(['landlock'])).not.toContain(':/packages');
  });

  it('seccomp: the filter of this machine, put around Node by the last tool', () => {
    const text = tools(['privileges', 'limits', 'namespaces', 'seccomp']);
    expect(text).toMatch(new RegExp(`--seccomp-filter \\S+/seccomp/${process.arch}\\.bpf --$`));
    expect(text.indexOf('--seccomp')).toBeGreaterThan(text.lastIndexOf('--pdeathsig'));
  });

  it('node: its permission model, with the program and the packages to read', () => {
    const flags = launched(['node']).args.filter((arg) => /^--(?:permission|allow-)/.test(arg));
    expect(flags).toEqual([
      '--permission',
      expect.stringMatching(/^--allow-fs-read=\/\S+\/sandbox\/runner\/$/),
      expect.stringMatching(/^--allow-fs-read=\/\S+\/sandbox\/realm\/$/),
      expect.stringMatching(/^--allow-fs-read=\/\S+\/sandbox\/boundary\/$/),
      expect.stringMatching(/^--allow-fs-read=\/\S+\/package\.json$/),
      '--allow-fs-read=/packages',
    ]);
  });

  it('does without the tools that are missing', () => {
    const host = { ...CAPABILITIES, tools: {} };
    expect(tools(['privileges', 'limits', 'namespaces', 'landlock', 'seccomp'], { host })).toBe('');
  });
});
