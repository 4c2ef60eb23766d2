import { describeClasses } from '../kit/define.js';
import { INSPECT, type InspectOptions, inspected } from '../kit/inspected.js';
import { domException, illegalConstructor } from '../kit/errors.js';

interface Options {
  readonly start?: number | string;
  readonly end?: number | string;
  readonly duration?: number;
  readonly startTime?: number;
  readonly detail?: unknown;
}

const hostNow = environment.now;
const start = hostNow();
const now = () => hostNow() - start;
const making = Symbol('making');

/** The standard's PerformanceEntry. */
export class PerformanceEntry {
  constructor(
    token: unknown = null,
    readonly name: string = '',
    readonly entryType: string = '',
    readonly startTime: number = 0,
    readonly duration: number = 0,
    readonly detail: unknown = null,
  ) {
    if (token !== making) throw illegalConstructor();
  }

  [INSPECT](depth: number | null, options: InspectOptions): unknown {
    return inspected(this, this.constructor.name, this.toJSON(), depth, options);
  }

  toJSON(): object {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, detail };
  }
}

export class PerformanceMark extends PerformanceEntry {
  constructor(name: unknown, { startTime = now(), detail = null }: Options = {}) {
    super(making, String(name), 'mark', startTime, 0, detail);
  }
}

export class PerformanceMeasure extends PerformanceEntry {}

/** The standard's Performance, of this context: it has only the context's own marks and measures. */
export class Performance {
  readonly timeOrigin = Date.now();
  #entries: PerformanceEntry[] = [];

  constructor(...[token]: [token?: unknown]) {
    if (token !== making) throw illegalConstructor();
  }

  now(): number {
    return now();
  }

  mark(name: unknown, options: Options = {}): PerformanceMark {
    return this.#add(new PerformanceMark(name, options));
  }

  measure(name: unknown, from: Options | string | undefined = {}, to?: string): PerformanceMeasure {
    const options: Options = typeof from === 'object' ? from : { start: from, ...(to && { end: to }) };
    const startTime = options.start === undefined ? 0 : this.#timeOf(options.start);
    const end =
      options.duration === undefined
        ? options.end === undefined
          ? now()
          : this.#timeOf(options.end)
        : startTime + options.duration;
    return this.#add(
      new PerformanceMeasure(making, String(name), 'measure', startTime, end - startTime, options.detail),
    );
  }

  getEntries(): PerformanceEntry[] {
    return [...this.#entries];
  }

  getEntriesByName(name: unknown, ...[type]: [type?: unknown]): PerformanceEntry[] {
    return this.#entries.filter((one) => one.name === name && (type === undefined || one.entryType === type));
  }

  getEntriesByType(type: unknown): PerformanceEntry[] {
    return this.#entries.filter((one) => one.entryType === type);
  }

  clearMarks(...[name]: [name?: unknown]): void {
    this.#clear('mark', name);
  }

  clearMeasures(...[name]: [name?: unknown]): void {
    this.#clear('measure', name);
  }

  clearResourceTimings(): void {}

  setResourceTimingBufferSize(): void {}

  markResourceTiming(): void {}

  eventLoopUtilization(): object {
    return { idle: 0, active: 0, utilization: 0 };
  }

  timerify<F>(measured: F): F {
    return measured;
  }

  toJSON(): object {
    return { timeOrigin: this.timeOrigin };
  }

  #add<E extends PerformanceEntry>(entry: E): E {
    this.#entries.push(entry);
    return entry;
  }

  #clear(type: string, name: unknown): void {
    this.#entries = this.#entries.filter(
      (one) => one.entryType !== type || (name !== undefined && one.name !== name),
    );
  }

  #timeOf(mark: number | string): number {
    if (typeof mark === 'number') return mark;
    const found = this.#entries.findLast((one) => one.entryType === 'mark' && one.name === mark);
    if (found !== undefined) return found.startTime;
    throw domException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  }
}

describeClasses({ PerformanceMark, PerformanceMeasure, Performance });

export const performance = new Performance(making);
