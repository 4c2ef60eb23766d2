/** The siege itself (`npm run bench:siege`): that its attacks arrive, and that a row that does not hold fails the command. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NAME = 'siege-spec';

interface Row {
  readonly name: string;
  readonly faults: readonly string[];
  readonly calls: { readonly count: number; readonly worst: number };
  readonly attacker?: { readonly bytes: number; readonly connections: number; readonly sample?: string };
}

interface Siege {
  readonly code: unknown;
  readonly text: string;
  readonly rows: readonly Row[];
}

async function siege(...flags: readonly string[]): Promise<Siege> {
  const args = ['bench/siege.mjs', '--name', NAME, '--seconds', '0.5', '--memory', '100000', ...flags];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(child, 'close');
  const { rows }: { rows: readonly Row[] } = JSON.parse(
    readFileSync(`${ROOT}bench/results/${NAME}.json`, 'utf8'),
  );
  return { code: child.exitCode, text, rows };
}

describe('the siege', () => {
  afterAll(() => {
    for (const end of ['json', 'md']) rmSync(`${ROOT}bench/results/${NAME}.${end}`, { force: true });
  });

  it('sends attacks that the service understands, and counts the answers of a bystander', async () => {
    const only = 'control,ws-unknown-methods,nobody-gets-of-404,nobody-upgrades';
    const { rows, text, code } = await siege('--only', only, '--allow', '600000');
    expect(rows.map(({ name }) => name)).toEqual([
      'quiet, trivial',
      'control',
      'ws-unknown-methods',
      'nobody-upgrades',
      'nobody-gets-of-404',
    ]);
    for (const { calls } of rows) expect(calls.count).toBeGreaterThan(0);
    const [, , methods, upgrades, gets] = rows.map(({ attacker }) => attacker);
    expect(methods?.sample).toContain('"code":1101');
    expect(methods?.bytes).toBeGreaterThan(100_000);
    expect(upgrades?.sample).toContain('HTTP/1.1 401');
    expect(gets?.sample).toContain('Not Found');
    expect(text).toContain('| ws-unknown-methods | attacker |');
    expect(code).toBe(rows.every(({ faults }) => faults.length === 0) ? 0 : 1);
  }, 120_000);

  it('fails where an answer takes longer than it may', async () => {
    const { rows, text, code } = await siege('--only', 'control', '--allow=-600000');
    expect(code).toBe(1);
    expect(rows[1]?.faults[0]).toMatch(/^call \d+ ms > -\d+$/);
    expect(text).toContain('1 of 2 rows hold.');
  }, 120_000);
});
