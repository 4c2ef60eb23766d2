/** What is tried at start, and told: by the service, and by `javascriptd doctor`. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Test } from '@nestjs/testing';
import { ProcessSandboxService, SandboxModule, SandboxService } from '../../../src/sandbox/index.js';
import type { SandboxReport } from '../../../src/sandbox/guarantees/report.js';
import { examineFooting } from '../../../src/sandbox/pool/hardening/footing.js';
import { type LaunchPlan, launchOf } from '../../../src/sandbox/pool/launch.js';
import { Binary } from '../../support/binary.js';
import { until } from '../../support/until.js';

const GUARANTEES = ['files', 'network', 'processes', 'signals', 'secrets'];
const TOOLS = process.env.SANDBOX_TOOLS ?? '/usr/local/bin:/usr/bin:/bin';
const MAIN = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));
const isRoot = process.getuid?.() === 0;

function doctor(args: readonly string[], asNobody = false): string {
  return execFileSync(process.execPath, [MAIN, 'doctor', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
    ...(asNobody && { uid: 65_534, gid: 65_534 }),
  });
}

const report = (args: readonly string[], asNobody = false): SandboxReport =>
  JSON.parse(doctor(['--json', ...args], asNobody)) as SandboxReport;

function statusOf(args: readonly string[]): number | null {
  return spawnSync(process.execPath, [MAIN, 'doctor', ...args], { env: { PATH: process.env.PATH } }).status;
}

const applied = ({ layers }: SandboxReport): readonly string[] =>
  layers.filter((layer) => layer.applied).map(({ layer }) => layer);

async function run(args: readonly string[]) {
  const binary = new Binary(['--port', '0', ...args]);
  const code = await binary.ended();
  return { code, stdout: binary.stdout, stderr: binary.stderr };
}

describe('javascriptd doctor', () => {
  it('tells of each guarantee whether it holds, by which layers, and what gets through otherwise', () => {
    const { guarantees, layers, tookMs } = report(['--sandbox-tools', TOOLS]);
    expect(guarantees.map(({ guarantee }) => guarantee)).toEqual(GUARANTEES);
    for (const { enforced, breaches } of guarantees) expect(breaches.length === 0).toBe(enforced);
    for (const layer of layers) expect(layer.applied).toBe(layer.reason === undefined);
    expect(tookMs).toBeGreaterThan(0);
  });

  it('shows the same as a table, with how to get what is missing', () => {
    const text = doctor(['--sandbox-tools', '/nowhere']);
    for (const name of GUARANTEES)
      expect(text).toMatch(new RegExp(`^  ${name} +(?:yes|NO|by Node only) `, 'm'));
    expect(text).toContain('How to get what is missing:\n  files: setpriv of util-linux 2.41');
    expect(text).toMatch(/^ {2}seccomp +no +there is no setpriv$/m);
  });

  it('claims nothing for the operating system where there is no tool, and runs all the same', () => {
    const found = report(['--sandbox-tools', '/nowhere'], isRoot);
    expect(applied(found)).toEqual(['node']);
    expect(found.guarantees.filter(({ enforced }) => enforced)).toEqual([]);
  });

  it('finds as nobody what nobody can have', () => {
    const found = report(['--sandbox-tools', TOOLS], isRoot);
    expect(applied(found)).not.toContain('user');
    expect(applied(found)).toContain('node');
  });

  it('leaves no file behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    chmodSync(folder, 0o755);
    execFileSync(process.execPath, [MAIN, 'doctor', '--sandbox-tools', TOOLS], {
      env: { PATH: process.env.PATH, TMPDIR: folder },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('answers with code 78 where a required guarantee is missing', () => {
    const status = statusOf(['--sandbox-tools', '/nowhere', '--sandbox-require', 'files']);
    expect(status).toBe(78);
  });
});

describe('SANDBOX_REQUIRE', () => {
  it('refuses to start where one is missing: code 78, and the table', async () => {
    const { code, stdout, stderr } = await run([
      '--sandbox-tools',
      '/nowhere',
      '--sandbox-require',
      'files,network',
    ]);
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
    expect(stderr).toMatch(/^javascriptd: SANDBOX_REQUIRE: not enforced on this machine: files, network\n/);
    expect(stderr).toMatch(/^javascriptd: +files +(?:by Node only|NO) /m);
  });

  it('takes names of guarantees only', async () => {
    const { code, stderr } = await run(['--sandbox-require', 'files,memory']);
    expect(code).toBe(78);
    expect(stderr).toMatch(/^javascriptd: SANDBOX_REQUIRE \(--sandbox-require\): invalid value "memory"; /);
  });
});

describe('a runner process under all layers of this machine', () => {
  it('runs scripts', async () => {
    const module = await Test.createTestingModule({
      imports: [SandboxModule.forRoot({ minRunners: 1, toolDirs: TOOLS.split(':') })],
    }).compile();
    await module.init();
    const sandbox = module.get(SandboxService);
    expect(sandbox).toBeInstanceOf(ProcessSandboxService);
    const script = { code: 'function f(cb) { cb(6 * 7) }', globals: {}, call: 'f', caller: undefined };
    const outcome = await sandbox.run({ script, modules: [], timeoutMs: 5000, tenant: 't' });
    expect(outcome).toMatchObject({ kind: 'returned', value: 42 });
    await module.close();
  });

  it('keeps its pipe, and dies whole when its pid is killed', async () => {
    const footing = await examineFooting({
      nodePath: process.execPath,
      toolDirs: TOOLS.split(':'),
      firstUid: 60_578,
    });
    const usable = report(['--sandbox-tools', TOOLS]);
    const layers = new Set(applied(usable)) as unknown as LaunchPlan['layers'];
    const launch = launchOf({ footing, layers, folders: [], limits: {}, program: 'probe' });
    const child = spawn(launch.file, launch.args, launch.options);
    const [pipe] = [child.stdio[3] as NodeJS.ReadableStream];
    await once(pipe, 'data');
    const pids = familyOf(child.pid ?? 0);
    child.kill('SIGKILL');
    await once(child, 'close');
    // Their parent is gone, so that init takes them off the list.
    await until(() => pids.every((pid) => !existsSync(`/proc/${pid}`)));
    expect(pids.length).toBeGreaterThan(0);
  });
});

/** The process and all below it. */
function familyOf(pid: number): readonly number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ') : [];
  return [pid, ...children.filter((text) => text !== '').flatMap((text) => familyOf(Number(text)))];
}
