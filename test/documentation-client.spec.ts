/** The examples of docs/client.md print what their comments say. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { withDefaults } from '../src/client/connect-options.js';
import * as client from '../src/client/index.js';
import { Binary } from './support/binary.js';
import { Page } from './support/markdown.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PAGE = new Page(ROOT, 'docs/client.md');

/** What the comments after its `console.log` say that it prints. */
function promised(lines: readonly string[]): string {
  return lines.flatMap((line) => /console\.log\(.*; \/\/ (.*)$/.exec(line)?.[1] ?? []).join('\n');
}

async function printed(lines: readonly string[], url: string): Promise<string> {
  const code = lines.join('\n').replace('ws://127.0.0.1:8765', url);
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 25_000,
  });
  return (await text(child.stdout)).trim();
}

describe('docs/client.md', () => {
  it('has examples', () => {
    expect(PAGE.blocks('js example')).toHaveLength(4);
  });

  it.each(PAGE.blocks('js example'))('prints what it says, line $line', async ({ lines }) => {
    const service = new Binary(['--port', '0']);
    expect(await printed(lines, await service.listens())).toBe(promised(lines));
    service.kill('SIGKILL');
  });

  it("is what README's first snippet shows, too", async () => {
    const [, script = ''] =
      /<!-- client-script -->\s*```js\n(.*?)```/s.exec(new Page(ROOT, 'README.md').text) ?? [];
    const service = new Binary(['--port', '0']);
    const lines = script.split('\n');
    expect(promised(lines)).not.toBe('');
    expect(await printed(lines, await service.listens())).toBe(promised(lines));
    service.kill('SIGKILL');
  });

  it('lists every option with its default, and no other', () => {
    const rows = PAGE.table('connect\\(url, options\\)').map(([option = '', initial = '']) => [
      option.replaceAll('`', ''),
      initial.replaceAll('`', ''),
    ]);
    const { secret, ...listed } = Object.fromEntries(rows) as Record<string, string>;
    expect(secret).toBe('none');
    expect(listed).toEqual(
      Object.fromEntries(Object.entries(withDefaults({})).map(([option, value]) => [option, String(value)])),
    );
  });

  it('lists every class of error, and no other', () => {
    const bases = new Set(['JavascriptdError', 'EndedError']);
    const classes = Object.keys(client).filter((name) => name.endsWith('Error') && !bases.has(name));
    const listed = PAGE.table('Errors').map(([name = '']) => name.replaceAll('`', ''));
    expect(listed.toSorted()).toEqual(classes.toSorted());
  });
});
