import { Counter, Gauge, type Metric, type Registry } from 'prom-client';

/** One value with its labels. */
type Sample<Label extends string> = readonly [Readonly<Partial<Record<Label, string>>>, number];

/** A metric whose values are plain numbers kept elsewhere, read at each scrape. */
export interface Scraped<Label extends string = never> {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly Label[];
  readonly read: () => Iterable<Sample<Label>>;
}

/** A value without labels. */
export function plain(read: () => number): () => Iterable<Sample<never>> {
  return () => [[{}, read()]];
}

/** The values of a record, each labelled with its key. */
export function* keyed<Label extends string>(
  label: Label,
  values: Iterable<readonly [string, number]>,
): Iterable<Sample<Label>> {
  for (const [key, value] of values) yield [{ [label]: key } as Record<Label, string>, value];
}

export function scrapedCounter<Label extends string>(
  registry: Registry,
  metric: Scraped<Label>,
): Metric<Label> {
  const { name, help, labelNames = [], read } = metric;
  return new Counter<Label>({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, value] of read()) this.inc(labels, value);
    },
  });
}

export function scrapedGauge<Label extends string>(
  registry: Registry,
  metric: Scraped<Label>,
): Metric<Label> {
  const { name, help, labelNames = [], read } = metric;
  return new Gauge<Label>({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, value] of read()) this.set(labels, value);
    },
  });
}
