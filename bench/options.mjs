// The flags of `npm run bench`.
import { parseArgs } from 'node:util';

const USAGE = `npm run bench -- [flags]
  --quick               the trivial script, two shapes, two rounds: about a minute
  --only NAME,NAME      scenarios by name; "hostile" for the attacks
  --rows NAME,NAME      rows, by a part of their names
  --rounds N            rounds of each cell (3)
  --seconds N           measured seconds of each cell (0.4)
  --check               fail when a ratio of bench/baseline.json has fallen by more than its noise,
                        or a sample of bench:scripts is above its limit
  --baseline            write bench/baseline.json
  --page                write the tables into docs/benchmarks.md`;

const list = (text) => text?.split(',').map((word) => word.trim());

/** What one run measures. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rows: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      check: { type: 'boolean', default: false },
      baseline: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  return {
    ...values,
    only: list(values.only),
    rows: list(values.rows),
    rounds: Number(values.rounds ?? (values.quick ? 2 : 3)),
    seconds: Number(values.seconds ?? (values.quick ? 0.25 : 0.4)),
  };
}
