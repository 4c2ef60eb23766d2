/** Images made of the image, with packages. `run.sh` builds them and names them. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DuplexClient } from '../support/duplex-client.js';
import { README_CALLER } from '../support/readme-caller.js';
import { Container, mounted, type Ran } from './container.js';
import { execute, say } from './transcript.js';

const { IMAGE = '', RUNTIME_IMAGE = '', LOCKED_IMAGE = '' } = process.env;
const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

describe.each([
  ['examples/runtime-image', RUNTIME_IMAGE],
  ['examples/runtime-image-locked', LOCKED_IMAGE],
])('the image of %s', (_, image) => {
  let container: Container;
  let client: DuplexClient;
  beforeAll(async () => {
    container = new Container(image);
    client = await container.connect();
  });
  afterAll(() => container.remove());

  it("runs the README's caller", async () => {
    const result = await execute(client, {
      code: 'function f(github, event, cb) { console.log(event.action); cb([typeof github.repos.get, event.id]) }',
      call: 'f',
      caller: README_CALLER,
      globals: { secrets: { token: 't' }, event: { id: 7, action: 'push' } },
    });
    expect(result).toEqual({ value: ['function', 7], console: ['push'], time: expect.any(Number) });
  });

  it('gives scripts the three packages, and nothing else that is installed in it', async () => {
    const body = 'cb(ids.map((id) => { try { return typeof require(id) } catch (e) { return e.code } }))';
    const ids = ['github', 'circleci', 'bluebird', 'npm', 'ws', 'javascriptd'];
    expect(
      await execute(client, { code: `function f(cb) { ${body} }`, globals: { ids }, call: 'f' }),
    ).toMatchObject({
      value: ['function', 'function', 'function', ...Array.from({ length: 3 }, () => 'MODULE_NOT_FOUND')],
    });
  });
});

describe('the examples', () => {
  it("are the original README's own lines, but for the name of the base", () => {
    const text = readFileSync(`${EXAMPLES}runtime-image/Dockerfile`, 'utf8');
    expect(text).toBe('ARG BASE=javascriptd\nFROM ${BASE}\nRUN npm install -g github circleci bluebird\n');
  });

  it('with a lock file: the user of the service cannot change what scripts load', async () => {
    const owners = await mounted(LOCKED_IMAGE, async (root) =>
      execFileSync('find', [`${root}/packages`, '-printf', '%u %M\n'], { encoding: 'utf8' }),
    );
    const kinds = new Set(
      owners
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('root l')),
    );
    expect([...kinds].filter((kind) => !/^root .{8}-.$/.test(kind))).toEqual([]);
    expect(kinds.size).toBeGreaterThan(1);
  });
});

describe('packages that are not JavaScript alone', () => {
  let folder: string;
  let container: Container;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'javascriptd-packages-'));
    const write = (name: string, manifest: object, files: Readonly<Record<string, string>>): void => {
      mkdirSync(join(folder, name));
      const all = { 'package.json': JSON.stringify({ name, version: '1.0.0', ...manifest }), ...files };
      for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, name, file), text);
    };
    write(
      'scripted',
      { scripts: { install: 'node make.js' } },
      {
        'index.js': 'module.exports = require("./made.js")',
        'make.js': 'require("fs").writeFileSync("made.js", "module.exports = 1"); console.log("made")',
      },
    );
    write(
      'native',
      { gypfile: true },
      {
        'index.js': 'module.exports = require("./binding.node")',
        'binding.gyp': '{"targets": [{"target_name": "binding"}]}',
      },
    );
    mkdirSync(join(folder, 'built'));
    cpSync(join(folder, 'native'), join(folder, 'built', 'native'), { recursive: true });
    writeFileSync(join(folder, 'built', 'native', 'binding.node'), 'not even machine code');
    // Readable by the container's user.
    execFileSync('chmod', ['-R', 'a+rX', folder]);
  });
  beforeAll(async () => {
    const flags = [`--volume=${folder}:/given:ro`, '--env=SANDBOX_MODULES_DIR=/given/built'];
    // As while an image is built: npm may write.
    container = new Container(IMAGE, {}, ['--no-healthcheck', '--read-only=false', ...flags]);
    await container.listens();
  });
  afterAll(async () => {
    await container.remove();
    rmSync(folder, { recursive: true });
  });

  async function install(name: string): Promise<Ran> {
    const command = ['npm', 'install', '-g', '--install-links', '--foreground-scripts', `/given/${name}`];
    say(`RUN ${command.join(' ')}`);
    const ran = await container.exec(command);
    say(ran.output.split('\n').slice(0, 10).join('\n'));
    return ran;
  }

  it('do not build where they need a compiler, and the error says what is missing', async () => {
    const { code, output } = await install('native');
    expect(code).not.toBe(0);
    expect(output).toMatch(/node-gyp rebuild/);
    expect(output).toMatch(/find Python/);
  });

  it('run an install script that needs Node only', async () => {
    const { code, output } = await install('scripted');
    expect(code).toBe(0);
    expect(output).toMatch(/^made$/m);
  });

  it('are an error of their own to scripts that load an add-on, and its cause says why', async () => {
    const body =
      'try { require("native") } catch (e) { cb([e.code, e.message, e.cause && e.cause.message]) }';
    const script = { code: `function f(cb) { ${body} }`, call: 'f' };
    expect(await execute(await container.connect(), script)).toMatchObject({
      value: ['ERR_MODULE_LOAD_FAILED', expect.any(String), expect.stringMatching(/is a native add-on/)],
    });
  });
});
