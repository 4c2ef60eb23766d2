import { spawnSync } from 'node:child_process';
import { Batch } from '../../../src/observability/batch.js';
import { until } from '../../support/until.js';

describe('a batch', () => {
  it('is taken when it is full, when asked for, and after a moment', async () => {
    const taken: (readonly number[])[] = [];
    const batch = new Batch<number>(3, (items) => taken.push(items));
    for (const item of [1, 2, 3, 4]) batch.add(item);
    expect(taken).toEqual([[1, 2, 3]]);
    batch.flush();
    batch.flush();
    expect(taken).toEqual([[1, 2, 3], [4]]);
    batch.add(5);
    expect(taken).toHaveLength(2);
    await until(() => taken.length === 3);
    expect(taken[2]).toEqual([5]);
  });

  it.each([
    '',
    'process.exit(0)',
    'process.exitCode = 0; process.on("uncaughtException", () => process.exit(0)); throw 1',
  ])('is taken before the process ends, also by %j', (end) => {
    const program = `
        import { Batch } from ${JSON.stringify(new URL('../../../dist/observability/batch.js', import.meta.url).href)};
        const last = new Batch(9, (items) => process.stdout.write(items.join()));
        const first = new Batch(9, (items) => items.forEach((item) => last.add(item + '!')));
        first.add('a'); first.add('b');
        ${end}`;
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
    expect(run).toMatchObject({ status: 0, stdout: 'a!,b!' });
  });
});
