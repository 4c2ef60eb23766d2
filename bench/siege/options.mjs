// The flags of `npm run bench:siege`.
import { parseArgs } from 'node:util';
import { ATTACKS, WORST } from './attacks/index.mjs';

const USAGE = `npm run bench:siege -- [flags]
  --seconds N      of each attack (10)
  --only A,B       attacks whose names begin so
  --short          the worst attack of each class, 2 s each, a failing row once more: a hang guard
  --allow MS       beyond the quiet worst (100; 250 with --short)
  --memory MIB     of the gateway (662: 150 + 2 × GATEWAY_MEMORY)
  --patience MS    for answers after the attack (10000; 5000 with --short)
  --name NAME      of the files in bench/results (siege)
  --list           the names of the attacks`;

const number = (text, initial) => {
  const value = Number(text ?? initial);
  if (!Number.isFinite(value)) throw new Error(`expected a number, got ${JSON.stringify(text)}`);
  return value;
};

const listed = (text) => (text ?? '').split(',').filter((part) => part !== '');

/** @throws Error for a flag that is unknown or wrong */
export function readOptions(args) {
  const texts = ['seconds', 'only', 'allow', 'memory', 'patience', 'name'].map((name) => [
    name,
    { type: 'string' },
  ]);
  const switches = ['short', 'list', 'help'].map((name) => [name, { type: 'boolean', default: false }]);
  const { values } = parseArgs({ args, options: Object.fromEntries([...texts, ...switches]) });
  if (values.help || values.list) {
    console.log(values.help ? USAGE : ATTACKS.map(({ name }) => name).join('\n'));
    process.exit(0);
  }
  const { short } = values;
  const only = listed(values.only);
  const attacks = ATTACKS.filter(
    ({ name }) =>
      (!short || WORST.includes(name)) &&
      (only.length === 0 || only.some((beginning) => name.startsWith(beginning))),
  );
  if (attacks.length === 0) throw new Error('no attack has such a name: see --list');
  return {
    attacks,
    seconds: number(values.seconds, short ? 2 : 10),
    allowMs: number(values.allow, short ? 250 : 100),
    memoryMib: number(values.memory, 662),
    patienceMs: number(values.patience, short ? 5000 : 10_000),
    retries: short ? 1 : 0,
    name: values.name ?? 'siege',
  };
}
