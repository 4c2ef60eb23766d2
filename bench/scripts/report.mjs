// The samples as a table.
import { figure, table } from '../report/markdown.mjs';
import { SMALL_US, addedUs, isWithin } from './limits.mjs';

/** The results of one sample on each Node, in the order of the samples. */
export function rowsOf(runs) {
  return runs[0].results.map(({ sample }, i) => ({ sample, results: runs.map(({ results }) => results[i]) }));
}

function cellsOf(sample, result) {
  if (result.error !== undefined) return [result.error, '', ''];
  const { plain, context } = result;
  const ratio = `${figure(context / plain)}x${isWithin(result, sample) ? '' : ' **above**'}`;
  const each = (ms) => figure((ms * 1000) / sample.operations);
  return [
    sample.small ? `${ratio}, ${figure(addedUs(result, sample))} us more` : ratio,
    each(plain),
    each(context),
  ];
}

/** @param runs `{ node, results }` for each Node */
export function markdown(machine, runs) {
  const rows = rowsOf(runs);
  const groups = [...new Set(rows.map(({ sample }) => sample.group))];
  const head = ['sample', ...runs.flatMap(({ node }) => [node, 'plain us', 'context us'])];
  const tables = groups.map((group) => {
    const here = rows.filter(({ sample }) => sample.group === group);
    const [{ sample }] = here;
    const limit = sample.small ? `at most ${SMALL_US} us more` : `at most ${sample.limit}x`;
    const cells = here.map((row) =>
      [row.sample.name, row.results.map((result) => cellsOf(row.sample, result))].flat(2),
    );
    return `**${group[0].toUpperCase()}${group.slice(1)}**: ${limit}.\n\n${table(head, cells)}`;
  });
  return [machine, ...tables].join('\n\n');
}
