/** docs/metrics.md, the dashboard and the alerts speak of the metrics that there are. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RUNNER_ENDS } from '../../../src/sandbox/index.js';
import { Page } from '../../support/markdown.js';
import { allMetrics, rowsOf, seriesOf } from '../../support/metrics.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');
const page = new Page(ROOT, 'docs/metrics.md');
const rows = rowsOf(allMetrics());
const own = rows.filter(({ name }) => name.startsWith('javascriptd_'));

/** The expressions of a file, in which names of metrics stand. */
const FILES: Readonly<Record<string, () => readonly string[]>> = {
  'deploy/grafana/javascriptd.json': () =>
    [...read('deploy/grafana/javascriptd.json').matchAll(/"(?:expr|query)": "((?:[^"\\]|\\.)*)"/g)].map(
      ([, text = '']) => text,
    ),
  'deploy/prometheus/alerts.yaml': () =>
    [...read('deploy/prometheus/alerts.yaml').matchAll(/expr: (?:\|\n((?: {10}.*\n)+)|(.*))/g)].map(
      ([, block, line]) => block ?? line ?? '',
    ),
  'deploy/prometheus/alerts.test.yaml': () =>
    [...read('deploy/prometheus/alerts.test.yaml').matchAll(/series: (.*)/g)].map(([, text = '']) => text),
};

const namesIn = (text: string): readonly string[] =>
  text.match(/\b(?:javascriptd|process|nodejs)_[a-z0-9_]+/g) ?? [];

describe('the metrics', () => {
  it('are those of docs/metrics.md, and no others', () => {
    const table = page.table('metrics').map(([name = '', type, labels = '', help]) => ({
      name: name.replaceAll('`', ''),
      type,
      labels: labels.match(/[a-z]+/g) ?? [],
      help,
    }));
    expect(table).toEqual(own);
  });

  it('have names and units by the conventions of Prometheus', () => {
    for (const { name, type } of own) {
      expect(name).toMatch(type === 'counter' ? /_total$/ : /(?<!_total|_count|_sum|_bucket)$/);
      expect(name).toMatch(type === 'histogram' ? /_(?:seconds|bytes)$/ : /^javascriptd_[a-z_]+$/);
      expect(name).not.toMatch(/milli|_ms\b|kilo|mega/);
    }
  });

  it('count ends of runner processes by the reasons in docs/metrics.md', () => {
    expect(
      Object.fromEntries(page.table('ends').map(([end = '', why]) => [end.replaceAll('`', ''), why])),
    ).toEqual(RUNNER_ENDS);
  });

  it.each(Object.keys(FILES))('are all the metrics that %s uses', (file) => {
    const expressions = FILES[file]?.() ?? [];
    expect(expressions.length).toBeGreaterThan(4);
    const known = new Set(rows.flatMap(seriesOf));
    const asked = expressions.flatMap(namesIn);
    expect(asked.length).toBeGreaterThanOrEqual(expressions.length - 2);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(Object.keys(FILES))('have the labels that %s uses', (file) => {
    const labels = new Set([...own.flatMap((row) => row.labels), 'le', 'job', 'instance']);
    const text = (FILES[file]?.() ?? []).join('\n');
    const matched = [...text.matchAll(/([a-z]+)=~?\\?"/g)].map(([, label = '']) => label);
    const grouped = [...text.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
    const asked = [...matched, ...grouped];
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.filter((label) => !labels.has(label))).toEqual([]);
  });

  it('are all on the dashboard, but for the version', () => {
    const shown = new Set((FILES['deploy/grafana/javascriptd.json']?.() ?? []).flatMap(namesIn));
    expect(own.filter((row) => !seriesOf(row).some((series) => shown.has(series)))).toEqual([]);
  });
});
