// npm run test:embedding: the package as others install it, from the present build, in a temporary folder.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'javascriptd-embedding-'));
const app = join(scratch, 'app');
const pack = join(app, 'javascriptd.tgz');
/** npm shows what install scripts print, and each script that it runs. */
const INSTALL = ['--no-audit', '--no-fund', '--prefer-offline', '--foreground-scripts'];

/** What the command has printed, on stdout and in all; rejects when it fails. */
async function run(command, args, cwd) {
  const env = { ...process.env, npm_config_prefix: join(scratch, 'prefix') };
  // npm's settings for the script that this runs in are not for what it does.
  for (const name of Object.keys(env))
    if (/^(?:npm_(?!config_prefix|config_registry|config_cache)|INIT_CWD)/.test(name)) delete env[name];
  const child = spawn(command, args, { cwd, env });
  child.stdin.end();
  const [[code], ...printed] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  const output = printed.join('');
  assert.equal(code, 0, `${command} ${args.join(' ')}\n${output}`);
  return { stdout: printed[0], output };
}

/** Installs something; nothing of it complains about this Node or runs an install script but the packages that are named. */
async function install(args, cwd, { scripts = [], engines = [] } = {}) {
  const { output } = await run('npm', [...args, ...INSTALL], cwd);
  assert.doesNotMatch(output, /ERESOLVE|deprecated/);
  assert.deepEqual(namesIn(output, /^> (\S+)@\S+ (?:pre|post)?install$/gm, scripts), []);
  assert.deepEqual(namesIn(output, /EBADENGINE +package: '(\S+)@/g, engines), []);
}

function namesIn(output, pattern, named) {
  return [...output.matchAll(pattern)].map(([, name]) => name).filter((name) => !named.includes(name));
}

const smoke = (cwd, ...command) => run(process.execPath, [join(root, '.ci/smoke.mjs'), ...command], cwd);

async function step(name, work) {
  const started = performance.now();
  await work();
  console.log(`ok ${name} (${Math.round((performance.now() - started) / 1000)} s)`);
}

/** The application of `examples/embedding`. */
async function application() {
  await step('the application installs the pack beside its own Nest', () => install(['install'], app));
  await step('has one Nest', async () => {
    const { stdout: tree } = await run(
      'npm',
      ['ls', '--all', '--parseable', '@nestjs/core', 'rxjs', 'reflect-metadata'],
      app,
    );
    assert.equal(new Set(tree.trim().split('\n')).size, 3, tree);
  });
  await step('compiles with tsc --strict', () => run('npm', ['run', '--silent', 'build'], app));
  await step('passes its tests', () => run('npm', ['test'], app));
  await step('starts and stops', async () => {
    const child = spawn(process.execPath, ['dist/src/main.js'], {
      cwd: app,
      env: { PATH: process.env.PATH, PORT: '0' },
    });
    for await (const line of child.stdout) if (/listening on http/.test(String(line))) break;
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [null, 'SIGTERM']);
  });
}

/** Everything else that README and the Dockerfile do with the package. */
async function service() {
  await step('npm ci --omit=dev serves', async () => {
    const folder = join(scratch, 'service');
    for (const path of ['package.json', 'package-lock.json', 'build', 'dist'])
      cpSync(join(root, path), join(folder, path), { recursive: true });
    await install(['ci', '--omit=dev'], folder);
    await smoke(folder);
  });
  await step('npm install -g of the pack serves', async () => {
    // Nobody can decide here about its script, which looks for a prebuilt binary, nor replace what Nest 12 and Fastify depend on.
    await install(['install', '--global', pack], scratch, {
      scripts: ['bufferutil'],
      engines: ['cookie', 'file-type'],
    });
    await smoke('/', join(scratch, 'prefix/bin/javascriptd'));
  });
  await step('npm install /path beside an own Nest serves, and builds nothing', async () => {
    const folder = join(scratch, 'beside');
    mkdirSync(folder);
    const { type, dependencies, overrides } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
    const linked = { type, dependencies: { ...dependencies, javascriptd: `file:${root}` }, overrides };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(linked));
    const built = statSync(join(root, 'dist/main.js')).ino;
    await install(['install'], folder);
    assert.equal(statSync(join(root, 'dist/main.js')).ino, built, 'dist was built again');
    await smoke(folder, join(folder, 'node_modules/.bin/javascriptd'));
  });
}

process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
cpSync(join(root, 'examples/embedding'), app, {
  recursive: true,
  filter: (path) => !/\/(?:node_modules|dist|package-lock\.json)$/.test(path),
});
await step('the pack has what runs, and no more', async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', scratch], root);
  const [{ filename, files }] = JSON.parse(stdout);
  const paths = files.map(({ path }) => path);
  for (const path of [
    'package.json',
    'LICENSE',
    'README.md',
    'dist/main.js',
    'dist/index.d.ts',
    'dist/client/browser.d.ts',
  ])
    assert.ok(paths.includes(path), `${path} is missing`);
  const others = paths.filter(
    (path) => !/^(?:package\.json|LICENSE|README\.md|dist\/.+\.(?:js|cjs|d\.ts|json|bpf))$/.test(path),
  );
  assert.deepEqual(others, []);
  cpSync(join(scratch, filename), pack);
});
await Promise.all([application(), service()]);
