/** The image as an enterprise runs it. `run.sh` builds it and names it in `IMAGE`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attacks, isAsExpected } from '../hostile/attacks.js';
import { installHostilePackages } from '../hostile/packages.js';
import type { CallError, DuplexClient } from '../support/duplex-client.js';
import { freePort } from '../support/free-port.js';
import { get } from '../support/http.js';
import { UpgradeRefusedError } from '../support/raw-client.js';
import { Container, mounted, oci } from './container.js';
import { execute, say } from './transcript.js';

const { IMAGE = '' } = process.env;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ADD = { code: 'function add(cb) { cb(a + b) }', globals: { a: 1, b: 2 }, call: 'add' };
const CANARY = 'canary-of-a-file-3b1f';
/** files, network, processes, signals, secrets */
const GUARANTEES = 5;

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

describe('the image', () => {
  it('says who it is, how it is stopped, and how its health is found', async () => {
    const [described] = JSON.parse((await oci('image', 'inspect', IMAGE)).output);
    const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
    expect(described.Config).toMatchObject({
      User: '10001:10001',
      Entrypoint: ['tini', '--', 'javascriptd'],
      StopSignal: 'SIGTERM',
      ExposedPorts: { '8765/tcp': {} },
      Labels: {
        'org.opencontainers.image.title': 'javascriptd',
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.licenses': 'MIT',
      },
    });
    expect(described.Healthcheck.Test).toEqual(['CMD', 'node', '/opt/javascriptd/healthcheck.mjs']);
    expect(described.Config.Env.join()).not.toMatch(/NODE_ENV|SECRET/);
  });

  it('holds what production needs, and no more', async () => {
    const found = await mounted(IMAGE, async (root) =>
      execFileSync('find', ['.'], { cwd: `${root}/opt/javascriptd`, encoding: 'utf8' }),
    );
    const paths = lines(found).map((path) => path.slice(2));
    const top = new Set(paths.map((path) => path.split('/', 1)[0]).filter((name) => name !== ''));
    expect(top).toEqual(new Set(['dist', 'healthcheck.mjs', 'node_modules', 'package.json']));
    expect(paths).toContain('node_modules/ws');
    expect(paths).not.toContain('node_modules/typescript');
    expect(paths.filter((path) => /\.(?:map|ts)$/.test(path))).toEqual([]);
  });

  it("leaves its user nothing to change but packages, their code cache, the user's own folder and temporary ones", async () => {
    const writable = ['.', '(', '-user', '10001', '-o', '-group', '10001', '-o', '-perm', '-o+w', ')'];
    const found = await mounted(IMAGE, async (root) =>
      execFileSync('find', [...writable, '-not', '-type', 'l'], { cwd: root, encoding: 'utf8' }),
    );
    const folders = lines(found).filter((path) => !path.startsWith('./dev/'));
    expect(folders).toEqual(expect.arrayContaining(['./home/javascriptd', './opt/packages', './tmp']));
    expect(
      folders.filter(
        (path) =>
          !/^\.\/(?:home\/javascriptd|opt\/(?:packages|code-cache)|(?:var\/|run\/)?(?:tmp|lock))$/.test(path),
      ),
    ).toEqual([]);
  });
});

describe('with a read-only root, no capability, no new privileges, 512 MB, and no shell', () => {
  const noShell = ['dash', 'bash'].map((shell) => `--volume=/dev/null:/usr/bin/${shell}:ro`);
  let container: Container;
  let client: DuplexClient;
  let packages: string;
  beforeAll(async () => {
    packages = installHostilePackages(CANARY);
    // Readable by the container's user.
    execFileSync('chmod', ['-R', 'a+rX', packages]);
    const environment = { SANDBOX_MIN_RUNNERS: '2', SANDBOX_MODULES_DIR: '/given' };
    const flags = ['--no-healthcheck', `--volume=${packages}:/given:ro`, ...noShell];
    container = new Container(IMAGE, environment, flags);
    client = await container.connect();
  });
  afterAll(async () => {
    await container.remove();
    rmSync(packages, { recursive: true });
  });

  it('has no power over the host', async () => {
    const { output } = await container.node('console.log(fs.readFileSync("/proc/1/status", "utf8"))');
    const facts = output.match(/^(?:Uid|Gid|CapEff|CapBnd|NoNewPrivs|Seccomp):.*/gm)?.join('\n') ?? '';
    say(facts);
    expect(facts.replaceAll(/[\t ]+/g, ' ').split('\n')).toEqual([
      'Uid: 10001 10001 10001 10001',
      'Gid: 10001 10001 10001 10001',
      'CapEff: 0000000000000000',
      'CapBnd: 0000000000000000',
      'NoNewPrivs: 1',
      'Seccomp: 2',
    ]);
    expect((await container.exec(['bash', '-c', 'id'])).code).not.toBe(0);
  });

  it("runs README's first script", async () => {
    const [, script = '', printed = ''] =
      /<!-- first-script -->\s*```js\n(.*?)```\s*prints\s*```json\n(.*?)\n```/s.exec(
        readFileSync(`${ROOT}README.md`, 'utf8'),
      ) ?? [];
    const code = script.replace('ws://127.0.0.1:8765', await container.listens());
    const args = ['--input-type=module', '--eval', code];
    const { stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', timeout: 20_000 });
    say(stdout.trim());
    const expected = JSON.parse(printed);
    expect(JSON.parse(stdout)).toEqual({
      ...expected,
      payload: { ...expected.payload, time: expect.any(Number) },
    });
  });

  it('is alive, and ready by all that it checks, every guarantee included', async () => {
    const url = await container.listens();
    for (const path of ['/livez', '/readyz']) {
      const { status, text } = await get(url, path);
      say(`GET ${path}: ${status} ${text}`);
      expect(status).toBe(200);
      expect(JSON.parse(text).status).toBe('ok');
    }
  });

  it('tells Prometheus that every guarantee is enforced', async () => {
    const { status, text } = await get(await container.listens(), '/metrics');
    const enforced = text.match(/^javascriptd_guarantee_enforced\{.*\} 1$/gm) ?? [];
    say([`GET /metrics: ${status}`, ...enforced].join('\n'));
    expect(enforced).toHaveLength(GUARANTEES);
    expect(text).toMatch(/^javascriptd_executions_total\{.*outcome="returned".*\} [1-9]/m);
  });

  it('has what is loaded only for traces, or for a terminal', async () => {
    const program = `await import("/opt/javascriptd/dist/observability/traces/span-recorder.js");
      createRequire("/opt/javascriptd/dist/")("pino-pretty"); console.log("loaded")`;
    const source = `import { createRequire } from "node:module"; ${program}`;
    const ran = await container.exec(['node', '--input-type=module', '--eval', source]);
    expect(ran).toEqual({ code: 0, output: 'loaded' });
  });

  it('answers an endless loop, and serves others meanwhile and after', async () => {
    const loop = execute(client, { code: 'console.log("in"); for (;;) {}' });
    expect(await execute(client, ADD)).toMatchObject({ value: 3 });
    expect(await loop).toEqual({ error: { code: 1002, message: 'Timeout' } });
    expect(await execute(client, ADD)).toMatchObject({ value: 3 });
  });

  it('ends a script that fills the memory, and serves others', async () => {
    const bomb = 'const kept = []; for (;;) kept.push(new Array(1e5).fill(Math.random()))';
    expect(await execute(client, { code: bomb })).toEqual({
      error: { code: 1003, message: 'Limit exceeded' },
    });
    expect(await execute(client, ADD)).toMatchObject({ value: 3 });
  });

  it.each(['constructors', 'import()', 'forged frames', 'Function and eval', 'module loader'])(
    "answers the hostile suite's attacks by %s as it should, and serves others after each",
    async (family) => {
      const all = attacks('context').filter(
        ({ family: its, short, modules }) => its === family && !short && modules === '*',
      );
      expect(all.length).toBeGreaterThan(3);
      for (const { name, payload, expected } of all) {
        // oxlint-disable-next-line no-await-in-loop -- one connection, whose replies come in this order
        const reply = await client.call('runtime.execute', payload).then(
          (value) => JSON.stringify({ payload: value }),
          ({ code, message }: CallError) => JSON.stringify({ error: { code, message } }),
        );
        say(`${name}: ${reply.slice(0, 100)}`);
        expect({ name, reply, isRight: expected.some((one) => isAsExpected(reply, one)) }).toMatchObject({
          isRight: true,
        });
        expect(reply).not.toContain(CANARY);
      }
      expect(await execute(client, ADD)).toMatchObject({ value: 3 });
    },
  );

  it('reaps orphans', async () => {
    const sleeper = '"sleep", ["1"], { detached: true, stdio: "ignore" }';
    const orphan = `const child = require("child_process").spawn(${sleeper}); child.unref(); console.log(child.pid)`;
    const pid = (await container.node(orphan)).output;
    const stat = await container.node(`console.log(fs.readFileSync("/proc/${pid}/stat", "utf8"))`);
    expect(stat.output).toMatch(/^\d+ \(sleep\) S 1 /);
    const isThere = `process.exit(fs.existsSync("/proc/${pid}") ? 1 : 0)`;
    while ((await container.node(isThere)).code !== 0);
  });

  it('keeps a script that breaks out from everything, by the system and not by Node', async () => {
    const { code, output } = await container.exec(['javascriptd', 'doctor']);
    say(output);
    expect(output.match(/^ {2}\w+ +yes .*(?:landlock|seccomp)/gm)).toHaveLength(GUARANTEES);
    expect(output).toMatch(/^ {2}node +yes$/m);
    expect(code).toBe(0);
  });

  it('has javascriptd on its path; a wrong setting is one line, and exit code 78', async () => {
    expect(await container.exec(['javascriptd', '--version'])).toMatchObject({ code: 0 });
    for (const [name, text] of [
      ['PORT', '80 80'],
      ['TIMEOUT', 'soon'],
      ['SANDBOX_MODULES_DIR', '/absent'],
      // Root's alone.
      ['SANDBOX_MODULES_DIR', '/root'],
      ['SECRET_FILE', '/run/secrets/absent'],
    ] as const) {
      const ran = await container.exec(['javascriptd'], { [name]: text });
      say(ran.output);
      expect(ran.code).toBe(78);
      expect(ran.output).toMatch(new RegExp(`^javascriptd: ${name}: .*; expected .*`));
    }
  });

  it('tells its memory, that of the service and of each runner process, and how long it took to start', async () => {
    const started = (await oci('inspect', '--format={{json .State.StartedAt}}', container.name)).output;
    const [, ready = ''] = /"time":"(\S+?Z)".*listening on ws:/.exec(container.output) ?? [];
    const took = Date.parse(ready) - Date.parse(JSON.parse(started));
    say(`ready ${took} ms after its start`);
    expect(took).toBeGreaterThan(0);
    const program = `for (const pid of fs.readdirSync("/proc").filter((name) => /^\\d+$/.test(name))) {
        const args = fs.readFileSync(\`/proc/\${pid}/cmdline\`, "utf8").split("\\0");
        if (args[1] === "--eval") continue;
        const [, kB] = /^Pss:\\s+(\\d+)/m.exec(fs.readFileSync(\`/proc/\${pid}/smaps_rollup\`, "utf8"));
        const name = args.some((arg) => /runner\\/(?:context|process)\\/main\\.cjs$/.test(arg)) ? "runner" : args.slice(0, 2).join(" ");
        console.log((kB / 1024).toFixed() + " MB " + name);
      }`;
    const { output } = await container.node(program);
    say(output);
    expect(output.match(/ runner$/gm)?.length).toBeGreaterThanOrEqual(2);
  });

  it('ends at SIGTERM, with what runs answered, connections closed 1001, and exit code 0', async () => {
    const code = 'function f(cb) { console.log("begun"); setTimeout(() => cb("finished"), 2500) }';
    const running = execute(client, { code, call: 'f' });
    await execute(client, ADD);
    const url = await container.listens();
    const stopped = container.stop();
    while ((await get(url, '/readyz')).status === 200);
    say(`GET /readyz: ${(await get(url, '/readyz')).text}`);
    expect((await get(url, '/livez')).status).toBe(200);
    expect(await execute(client, ADD)).toMatchObject({ error: { code: 1202 } });
    expect(await running).toMatchObject({ value: 'finished' });
    const { code: closed } = await client.closed;
    say(`closed with ${closed}`);
    expect(closed).toBe(1001);
    expect(await stopped).toBe(0);
  });
});

describe('a container', () => {
  let container: Container;
  afterEach(() => container.remove());

  /** The exit code of the image's HEALTHCHECK. */
  async function health(): Promise<number | null> {
    const { code, output } = await oci('healthcheck', 'run', container.name);
    say(`healthcheck: exit code ${code} ${output}`);
    return code;
  }

  it('does not start where the host takes a guarantee away, and says what to change', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'javascriptd-seccomp-'));
    const profile = join(folder, 'no-landlock.json');
    const syscalls = [{ names: ['landlock_create_ruleset'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 }];
    writeFileSync(profile, JSON.stringify({ defaultAction: 'SCMP_ACT_ALLOW', syscalls }));
    container = new Container(IMAGE, {}, ['--no-healthcheck', `--security-opt=seccomp=${profile}`]);
    expect(await container.ended()).toBe(78);
    expect(container.output).toMatch(/^javascriptd: SANDBOX_REQUIRE: .*files/m);
    expect(container.output).toMatch(/ files: .*Landlock/);
    rmSync(folder, { recursive: true });
  });

  it('runs as any user, as OpenShift has it, and says so where its memory or its volume is too small', async () => {
    const volume = mkdtempSync(join(tmpdir(), 'javascriptd-volume-'));
    chmodSync(volume, 0o755);
    const small = [
      '--user=1234560000:0',
      '--memory=300m',
      '--memory-swap=300m',
      `--volume=${volume}:/given:ro`,
    ];
    const flags = ['--no-healthcheck', ...small];
    container = new Container(IMAGE, { SANDBOX_MODULES_DIR: '/given', SANDBOX_MIN_RUNNERS: '2' }, flags);
    expect(await execute(await container.connect(), ADD)).toMatchObject({ value: 3 });
    expect(container.output).toMatch(/the memory limit of 300 MiB is below the 968 MiB/);
    expect(container.output).toMatch(/SANDBOX_MODULES_DIR: \/given is empty; is its volume mounted\?/);
    rmSync(volume, { recursive: true });
  });

  it('ends at a SIGTERM that comes while it starts', async () => {
    container = new Container(IMAGE);
    while ((await oci('kill', '--signal=TERM', container.name)).code !== 0);
    expect([0, 143]).toContain(await container.ended());
  });

  it('asks for the secret that it is given, does not tell it, and is healthy without it but while it hangs', async () => {
    container = new Container(IMAGE, { SECRET: 'correct horse', PORT: await freePort() }, []);
    await container.listens();
    const refused = await container.connect().catch((error: unknown) => error);
    say(String(refused));
    expect(refused).toBeInstanceOf(UpgradeRefusedError);
    expect(refused).toMatchObject({ status: 401 });
    const client = await container.connect({ headers: { 'x-runtime-secret': 'correct horse' } });
    expect(await execute(client, ADD)).toMatchObject({ value: 3 });
    expect(container.output).not.toMatch(/horse/);
    expect(await health()).toBe(0);
    const signal = (name: string) =>
      container.node(
        `process.kill(fs.readFileSync("/proc/1/task/1/children", "utf8").split(" ")[0], "${name}")`,
      );
    expect(await signal('SIGSTOP')).toMatchObject({ code: 0 });
    expect(await health()).toBe(1);
    expect(await signal('SIGCONT')).toMatchObject({ code: 0 });
    expect(await health()).toBe(0);
  });
});
