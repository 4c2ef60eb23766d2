/** The day a context has fallen: what the layers under it still hold. The table is the one of docs/guarantees.md. */
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { breach, type Breached, COLUMNS, laddersOf, type LadderName, rowOf } from '../support/breach.js';

const [, TABLE = ''] =
  /<!-- breach -->([^]*)<!-- \/breach -->/.exec(
    readFileSync(new URL('../../docs/guarantees.md', import.meta.url), 'utf8'),
  ) ?? [];
const ROWS = TABLE.trim()
  .split('\n')
  .map((line) => line.split('|').slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim()));

const NODE = process.env.SANDBOX_NODE ?? process.execPath;
const TOOLS = (process.env.SANDBOX_TOOLS ?? '/usr/local/bin:/usr/bin:/bin').split(delimiter);
const MAJOR = Number(process.versions.node.split('.')[0]);
const NODE_NAME = MAJOR >= 25 ? '25 and later' : '20 to 24';

const isRoot = process.getuid?.() === 0;
const users = isRoot ? (['root', 'nobody'] as const) : (['nobody'] as const);

describe.each(users)('a script that has broken out, of a service run as %s', (user) => {
  let results: ReadonlyMap<LadderName, Breached>;
  beforeAll(async () => {
    results = await breach(user, NODE, TOOLS);
  }, 120_000);

  it.each(laddersOf(user))(
    'does under the ladder "%s" what the table says, or the machine cannot build it',
    (name) => {
      const result = results.get(name);
      const rows = ROWS.filter(
        ([who, node, ladder]) => who === user && node === NODE_NAME && ladder === name,
      );
      const cannot = result !== undefined && 'cannot' in result ? result.cannot : undefined;
      if (cannot !== undefined) process.stderr.write(`not built here: ${user}, ${name}: ${cannot}\n`);
      // What no tool of this machine can build is passed over; any other reason is a fault of ours.
      const isPassedOver = /unrecognized option|not permitted|there is no /.test(cannot ?? '');
      const row =
        result === undefined || 'cannot' in result
          ? isPassedOver
            ? rows[0]
            : cannot
          : rowOf(user, NODE_NAME, name, result);
      expect([row]).toEqual(rows);
    },
  );

  it('gets through everywhere where there is no layer: the attacks work', () => {
    const none = results.get('none');
    expect(none).toMatchObject(
      Object.fromEntries(COLUMNS.map((column) => [column, expect.arrayContaining([expect.any(String)])])),
    );
  });
});
