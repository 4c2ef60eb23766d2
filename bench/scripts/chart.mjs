// The ratios as a chart: SVG without a script, which follows the reader's light or dark theme.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rowsOf } from './report.mjs';

const ROOT = new URL('../../', import.meta.url);

const WIDTH = 860;
const LEFT = 290;
const RIGHT = 30;
const TOP = 66;
const ROW = 17;
const HEADING = 30;
const BOTTOM = 34;
/** The least ratio of the axis; what is faster stands at its edge. */
const LEAST = 0.5;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .heading { font-weight: 600; }
  .quiet { fill: #59636e; }
  .grid { stroke: #d1d9e0; }
  .one { stroke: #59636e; }
  .limit { stroke: #bc4c00; stroke-width: 2; }
  .n0 { fill: none; stroke: #0969da; stroke-width: 2; }
  .n1 { fill: #0969da; }
  .n2 { fill: #8250df; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .grid { stroke: #3d444d; }
    .one { stroke: #9198a1; }
    .limit { stroke: #f0883e; }
    .n0 { stroke: #4493f8; }
    .n1 { fill: #4493f8; }
    .n2 { fill: #ab7df8; }
  }`;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const text = (x, y, words, attributes = '') =>
  `<text x="${x}" y="${y}"${attributes && ` ${attributes}`}>${escaped(words)}</text>`;
const line = (x1, y1, x2, y2, kind) => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="${kind}"/>`;

/** The axis is logarithmic: twice as slow is as far from 1 as twice as fast. */
function scaleFor(most) {
  const marks = [0.5, 1, 1.3, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000].filter((mark) => mark <= most * 1.1);
  const span = Math.log(Math.max(most * 1.1, marks.at(-1)) / LEAST);
  const at = (ratio) =>
    Number((LEFT + (WIDTH - LEFT - RIGHT) * (Math.log(Math.max(ratio, LEAST) / LEAST) / span)).toFixed(1));
  return { marks, at };
}

/** @param runs `{ node, results }` for each Node */
export function chart(runs) {
  const rows = rowsOf(runs);
  const ratios = rows.flatMap(({ results }) => results.map(({ context, plain }) => context / plain));
  const { marks, at } = scaleFor(Math.max(3, ...ratios.filter(Number.isFinite)));
  const drawn = [];
  let y = TOP;
  let group;
  for (const { sample, results } of rows) {
    if (sample.group !== group) {
      ({ group } = sample);
      y += HEADING;
      drawn.push(text(10, y - 4, `${group[0].toUpperCase()}${group.slice(1)}`, 'class="heading"'));
    }
    y += ROW;
    const middle = y - 4;
    drawn.push(text(20, y, sample.name));
    if (!sample.small) drawn.push(line(at(sample.limit), middle - 7, at(sample.limit), middle + 7, 'limit'));
    results.forEach(({ context, plain }, i) => {
      if (Number.isFinite(context / plain))
        drawn.push(`<circle cx="${at(context / plain)}" cy="${middle}" r="4.5" class="n${i}"/>`);
    });
  }
  const end = y + 8;
  const grid = marks.flatMap((mark) => [
    line(at(mark), TOP, at(mark), end, mark === 1 ? 'one' : 'grid'),
    text(at(mark), end + 16, `${mark}x`, 'class="quiet" text-anchor="middle"'),
  ]);
  const legend = runs.flatMap(({ node }, i) => [
    `<circle cx="${LEFT + i * 120 + 8}" cy="40" r="4.5" class="n${i}"/>`,
    text(LEFT + i * 120 + 18, 44, `Node ${node.replace(/^v/, '')}`, 'class="quiet"'),
  ]);
  const mark = LEFT + runs.length * 120 + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${end + BOTTOM}" width="${WIDTH}" height="${end + BOTTOM}" role="img">
<title>Time in a context, times plain Node</title>
<style>${STYLE}
</style>
${[
  text(10, 22, 'Time of a script in a context, times plain Node of the same binary', 'class="heading"'),
  text(10, 44, '1x is as fast as plain Node', 'class="quiet"'),
  ...legend,
  line(mark, 33, mark, 47, 'limit'),
  text(mark + 8, 44, 'at most', 'class="quiet"'),
  ...grid,
  ...drawn,
].join('\n')}
</svg>
`;
}

/** Writes a chart into the repository. */
export function writeChart(path, svg) {
  writeFileSync(fileURLToPath(new URL(path, ROOT)), svg);
}
