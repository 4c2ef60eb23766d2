import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DuplexClient } from '../../support/duplex-client.js';

/** The example as a user starts it, on a free port. */
async function startExample(allowlist: string): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['examples/json-allowlist/main.js'], {
    env: { PATH: process.env['PATH'], PORT: '0', ALLOWLIST: allowlist },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const url = /listening on http(:\/\/\S+)/.exec(line)?.[1];
    if (url !== undefined) return { process: child, url: `ws${url}` };
  }
  throw new Error('the example ended before it listened');
}

describe('the example with an allowlist in a JSON file', () => {
  let folder: string;
  let example: ChildProcess;
  let client: DuplexClient;

  /** As an editor does: a whole new file takes the old one's place. */
  async function write(text: string): Promise<void> {
    await writeFile(join(folder, 'next.json'), text);
    await rename(join(folder, 'next.json'), join(folder, 'allowlist.json'));
  }

  /** A script that needs the module `path`. */
  const joinPaths = (): Promise<unknown> =>
    client.call('runtime.execute', {
      code: `function f(cb) { cb(require('path').join('a', 'b')) }`,
      call: 'f',
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'json-allowlist-'));
    await write('{ "default": ["path"] }');
    const started = await startExample(join(folder, 'allowlist.json'));
    example = started.process;
    client = await DuplexClient.connect(started.url);
  });

  afterAll(async () => {
    await client.close();
    const exited = once(example, 'exit');
    example.kill();
    await exited;
    await rm(folder, { recursive: true });
  });

  it('allows what the file lists', async () => {
    expect(await joinPaths()).toHaveProperty('value', 'a/b');
  });

  it('follows the file while it runs', async () => {
    await write('{ "default": ["url"] }');
    await expect(joinPaths()).rejects.toMatchObject({ code: 1000 });
    await write('{ "default": ["url", "path"] }');
    expect(await joinPaths()).toHaveProperty('value', 'a/b');
    await write('{ "somebody else": ["path"] }');
    await expect(joinPaths()).rejects.toMatchObject({ code: 1000 });
  });

  it('keeps the last lists while the file cannot be read', async () => {
    await write('{ "default": ["path"] }');
    expect(await joinPaths()).toHaveProperty('value', 'a/b');
    await write('{ "default": ["pa');
    expect(await joinPaths()).toHaveProperty('value', 'a/b');
    await write('{ "default": "path" }');
    expect(await joinPaths()).toHaveProperty('value', 'a/b');
  });
});
