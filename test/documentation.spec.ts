/** What the documentation says is what the program does. The settings table of README.md: test/unit/cli. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Setting } from '../src/config/setting.js';
import { SETTINGS } from '../src/config/settings.js';
import { PROTOCOL_ERRORS } from '../src/protocol/errors.js';
import { DEFAULT_PROTOCOL_OPTIONS } from '../src/protocol/protocol.options.js';
import { RUNTIME_ERRORS } from '../src/runtime/errors.js';
import { Binary } from './support/binary.js';
import { FilePointers } from './support/file-pointers.js';
import { Page } from './support/markdown.js';
import { RawClient, UpgradeRefusedError, type RawClientOptions } from './support/raw-client.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PROTOCOL = new Page(ROOT, 'PROTOCOL.md');
/** Pages that describe the source by its own names. */
const PAGES_OF_NAMES = /^(?:(?:ARCHITECTURE|CONTRIBUTING|PROTOCOL|SECURITY)\.md|docs\/decisions\/.*)$/;
/** Names in them that are not of the source: of HTTP, of Go, of Node. */
const FOREIGN_NAMES: ReadonlySet<string> = new Set([
  'Conn',
  'Origin',
  'getActiveResourcesInfo',
  'setFlagsFromString',
]);

const pages = ['', 'docs', 'examples', 'deploy', 'bench']
  .filter((folder) => existsSync(join(ROOT, folder)))
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== '', encoding: 'utf8' }).map((entry) =>
      join(folder, entry),
    ),
  )
  .filter((path) => path.endsWith('.md') && !path.includes('node_modules'));

/** The texts that the protocol's source gives in these calls. */
function textsIn(call: RegExp): readonly string[] {
  const folder = join(ROOT, 'src/protocol');
  const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  return source.flatMap((text) => [...text.matchAll(call)].map((match) => match.slice(1).join(' ')));
}

const byCode = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.map((row) => row.join(' | ')).toSorted();

/** A number that differs from run to run. */
const still = (frame: string): string =>
  frame.replaceAll(/"(time|wall|cpu|memory|queued|started|run)":\d+/g, '"$1":0');

/** Status and body of a refused upgrade, as a row of the table. */
async function refusal(to: string, options?: RawClientOptions): Promise<string> {
  try {
    await RawClient.connect(to, options);
  } catch (error) {
    if (error instanceof UpgradeRefusedError) return `${error.status} \`${error.body}\``;
    throw error;
  }
  return 'let in';
}

describe('the tables of PROTOCOL.md', () => {
  it('list every error of the catalogues, and no other', () => {
    const catalogue = [...Object.values(PROTOCOL_ERRORS), ...Object.values(RUNTIME_ERRORS)];
    expect(byCode(PROTOCOL.table('errors'))).toEqual(
      byCode(catalogue.map(({ code, message, when }) => [`${code}`, message, when])),
    );
  });

  it('list every limit with its default, and no other', () => {
    const rows = PROTOCOL.table('limits').map(([name = '', initial = '']) => [
      name.replaceAll('`', ''),
      Number(initial),
    ]);
    const { memory, ...limits } = DEFAULT_PROTOCOL_OPTIONS;
    expect(Object.fromEntries(rows)).toEqual(limits);
    expect(`${memory.total / 2 ** 20}`).toBe(SETTINGS.GATEWAY_MEMORY.default);
  });

  it('name settings that have the same defaults as the limits that they set', () => {
    const settings: Readonly<Record<string, Setting>> = SETTINGS;
    const set = PROTOCOL.table('limits').filter(([, , setting]) => setting !== '');
    expect(set).toHaveLength(2);
    for (const [, initial, setting = ''] of set) {
      expect(settings[setting.replaceAll('`', '')]?.default).toBe(initial);
    }
  });

  it('list every refusal of a handshake, and no other', () => {
    const refusals = textsIn(/refused?\('([^']+)'\)/g).map((reason) => `\`-ERR ${reason}\``);
    const listed = PROTOCOL.table('Handshake').map(([shown = '']) => shown);
    expect(listed.toSorted()).toEqual(refusals.toSorted());
  });

  it('list every code and reason with which a connection is closed, and no other', () => {
    const closings = textsIn(/(?:close|undecodable)\((1\d{3}), '([^']+)'\)/g);
    const rows = PROTOCOL.table('Closing').flatMap(([code, reasons = '']) =>
      [...reasons.matchAll(/`([^`]+)`/g)].map(([, reason]) => `${code} ${reason}`),
    );
    expect(rows.toSorted()).toEqual([...new Set(closings)].toSorted());
  });
});

describe('the real program', () => {
  let service: Binary;
  let url: string;
  beforeAll(async () => {
    service = new Binary(['--port', '0', '--timeout', '1000']);
    url = await service.listens();
  });
  afterAll(async () => {
    service.kill('SIGTERM');
    await service.ended();
  });

  /** Says the client's lines, gives the conversation as it went. */
  async function replay(lines: readonly string[]): Promise<readonly string[]> {
    const client = await RawClient.connect(url);
    const spoken: string[] = [];
    for (const line of lines) {
      /* oxlint-disable no-await-in-loop -- a conversation is one line after another */
      if (line.startsWith('>')) {
        client.send(line.slice(2));
        spoken.push(line);
      } else if (line.startsWith('<')) {
        spoken.push(`< ${still(await client.next())}`);
      } else {
        const { code, reason } = await client.closed;
        spoken.push(`! ${code} ${reason}`);
      }
      /* oxlint-enable no-await-in-loop */
    }
    if (lines.at(-1)?.startsWith('!') !== true) {
      client.send('{"type":"req","method":"the end","id":"the end"}');
      for (const frame of await client.until('the end')) spoken.push(`unexpected: ${frame}`);
      await client.close();
    }
    return [...spoken, ...client.pending.map((frame) => `unexpected: ${frame}`)];
  }

  const conversations = PROTOCOL.blocks('frames');

  it('has conversations to hold', () => {
    expect(conversations.length).toBeGreaterThan(10);
    for (const { lines } of conversations) {
      for (const line of lines) expect(line).toMatch(/^(?:>$|[><!] )/);
    }
  });

  it.each(conversations)('talks as in PROTOCOL.md, line $line', async ({ lines }) => {
    expect(await replay(lines)).toEqual(lines.map(still));
  });

  const refusals = PROTOCOL.table('Before the upgrade').map(([status, body]) => `${status} ${body}`);

  it('refuses upgrades with the status and the body of the table', async () => {
    expect(refusals).toContain(await refusal(url, { headers: { origin: 'https://web.example' } }));
    expect(refusals).toContain(await refusal(`${url}/elsewhere`));
  });

  it('refuses a missing secret with the status and the body of the table', async () => {
    const guarded = new Binary(['--port', '0', '--host', '127.0.0.1'], { SECRET: 'correct horse' });
    const answer = await refusal(await guarded.listens());
    guarded.kill('SIGTERM');
    expect(await guarded.ended()).toBe(0);
    expect(refusals).toContain(answer);
  });

  it("prints what README's first script prints", async () => {
    const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const [, script = '', output = ''] =
      /<!-- first-script -->\s*```js\n(.*?)```\s*prints\s*```json\n(.*?)\n```/s.exec(text) ?? [];
    const code = script.replace('ws://127.0.0.1:8765', await service.listens());
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(still(run.stdout.trim())).toBe(still(JSON.stringify(JSON.parse(output))));
  });
});

describe('the pages', () => {
  it.each(pages)('point only to what is there: %s', (path) => {
    expect(new Page(ROOT, path).missing).toEqual([]);
  });

  it('would be seen to point to what is not', () => {
    const folder = mkdtempSync(join(tmpdir(), 'javascriptd-pages-'));
    writeFileSync(
      join(folder, 'A.md'),
      '# A `b` c!\n[in](#a-b-c) [out](https://x.example/y.md) [no](#d) [no](B.md) [no](A.md#e) `src/none.ts` `NONE.md`\n```\n# d\n[x](y)\n```\n',
    );
    expect(new Page(folder, 'A.md').missing).toEqual(['#d', 'B.md', 'A.md#e', 'src/none.ts', 'NONE.md']);
    rmSync(folder, { recursive: true });
  });

  it('CHANGELOG.md begins with the version of package.json', () => {
    const { version }: { readonly version: string } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
    const [, newest] =
      /^## \[?(\d+\.\d+\.\d+)\]? - \d{4}-\d{2}-\d{2}$/m.exec(new Page(ROOT, 'CHANGELOG.md').text) ?? [];
    expect(newest).toBe(version);
  });
});

/** Not written out: this file has no dead pointers of its own. */
const comment = (text: string): string => `${'/'.repeat(2)} ${text}`;

describe('pointers to the source', () => {
  const pointers = new FilePointers(ROOT);

  it('in comments name files that exist', () => {
    expect(pointers.inComments()).toEqual([]);
  });

  // CHANGELOG.md may name files of earlier versions.
  it.each(pages.filter((path) => path !== 'CHANGELOG.md'))('in pages name files that exist: %s', (path) => {
    expect(pointers.inPage(path)).toEqual([]);
  });

  it.each(pages.filter((path) => PAGES_OF_NAMES.test(path)))(
    'in pages use names of the source: %s',
    (path) => {
      expect(pointers.unknownNames(path).filter((name) => !FOREIGN_NAMES.has(name))).toEqual([]);
    },
  );

  it('are reported when they lead nowhere', () => {
    const folder = mkdtempSync(join(tmpdir(), 'javascriptd-pointers-'));
    mkdirSync(join(folder, 'src/pool'), { recursive: true });
    const lines = [
      "import './gone.ts';",
      comment('pool/a.ts, a.ts, src/pool'),
      `let b; ${comment('b.ts')}`,
      comment('(notes/c.md, part 1) {@link someName} {@link Some.lost}'),
      'const someName = 1;',
    ];
    writeFileSync(join(folder, 'src/pool/a.ts'), lines.join('\n'));
    writeFileSync(
      join(folder, 'A.md'),
      '`someName`, `otherName`, pool/a.ts\n```\nd.ts\n```\nsrc/none and e.ts\n',
    );
    const found = new FilePointers(folder);
    expect(found.inComments().map(({ line, pointer }) => `${line} ${pointer}`)).toEqual([
      '3 b.ts',
      '4 notes/c.md',
      '4 lost',
    ]);
    expect(found.inPage('A.md').map(({ line, pointer }) => `${line} ${pointer}`)).toEqual([
      '5 e.ts',
      '5 src/none',
    ]);
    expect(found.unknownNames('A.md')).toEqual(['otherName']);
    rmSync(folder, { recursive: true });
  });
});
