import { table } from './console-table.js';
import type { ConsoleLevel } from '../../boundary/console-levels.js';
import type { GuardedHost } from '../kit/guard.js';
import { defineAccessor, defineHidden, defineReadOnly, named } from '../kit/define.js';
import {
  String,
  Symbol,
  apply,
  captureStackTrace,
  contains,
  create,
  slice,
  split,
} from '../kit/primordials.js';

/** `util.inspect` and `util.formatWithOptions`, of this realm; loaded when a line is more than text. */
export interface Inspector {
  inspect(value: unknown, options?: object): string;
  formatWithOptions(options: object, ...args: unknown[]): string;
}

/**
 * Creates Node's `console`. Each call writes one line; `restart` resets groups, counts and timers.
 * @param consoleClass returns the class of consoles that write to a stream
 */
export function createConsole(
  host: GuardedHost,
  inspector: () => Inspector,
  consoleClass: () => unknown,
): { readonly console: object; readonly restart: () => void } {
  let counts = create(null) as Record<string, number>;
  let started = create(null) as Record<string, number>;
  let indent = '';

  // The inspector may return a value that is not text, if a script has changed a builtin.
  function write(output: unknown, level: ConsoleLevel = 'log'): void {
    const text = String(output);
    host('console')(level, indent === '' ? text : indented(text, indent));
  }

  function logger(level: ConsoleLevel): (...args: unknown[]) => void {
    return named(level, (...args: unknown[]): void => write(format(args), level));
  }

  function format(args: unknown[]): string {
    return plain(args) ?? apply(inspector().formatWithOptions, undefined, [{}, ...args]);
  }

  function elapsed(label: string): string | undefined {
    const start = started[label];
    return start === undefined ? undefined : duration(host('now')() - start);
  }

  function group(...args: unknown[]): void {
    if (args.length > 0) write(format(args));
    indent += '  ';
  }

  const console = {
    log: logger('log'),
    debug: logger('debug'),
    info: logger('info'),
    warn: logger('warn'),
    error: logger('error'),
    dirxml: named('dirxml', (...args: unknown[]): void => write(format(args))),
    dir(...[value, options]: [value?: unknown, options?: object]): void {
      write(inspector().inspect(value, { customInspect: false, ...options }));
    },
    table(...[data, columns]: [data?: unknown, columns?: readonly string[]]): void {
      write(table(data, columns, inspector().inspect) ?? format([data]));
    },
    trace(...args: unknown[]): void {
      const holder = create(null) as { stack?: unknown };
      captureStackTrace(holder, console.trace);
      const message = args.length > 0 ? `: ${format(args)}` : '';
      write(
        `Trace${message}${typeof holder.stack === 'string' ? host('ownFrames')(holder.stack) : ''}`,
        'trace',
      );
    },
    assert(...[condition, ...rest]: unknown[]): void {
      if (condition) return;
      let args = rest;
      const [first] = args;
      if (typeof first === 'string') args[0] = `Assertion failed: ${first}`;
      else args = ['Assertion failed', ...args];
      write(format(args), 'error');
    },
    // There is no terminal to clear, and no profiler.
    clear(): void {},
    profile(): void {},
    profileEnd(): void {},
    timeStamp(): void {},
    count(label: unknown = 'default'): void {
      const key = String(label);
      counts[key] = (counts[key] ?? 0) + 1;
      write(`${key}: ${counts[key]}`);
    },
    countReset(label: unknown = 'default'): void {
      delete counts[String(label)];
    },
    group,
    groupCollapsed: named('groupCollapsed', group.bind(undefined)),
    groupEnd(): void {
      indent = apply(slice, indent, [2]);
    },
    time(label: unknown = 'default'): void {
      started[String(label)] ??= host('now')();
    },
    timeLog(label: unknown = 'default', ...args: unknown[]): void {
      const time = elapsed(String(label));
      if (time !== undefined) write(format([`${String(label)}: ${time}`, ...args]));
    },
    timeEnd(label: unknown = 'default'): void {
      const time = elapsed(String(label));
      if (time === undefined) return;
      write(`${String(label)}: ${time}`);
      delete started[String(label)];
    },
  };
  defineReadOnly(console, Symbol.toStringTag, 'console');
  defineAccessor(console, 'Console', {
    get() {
      const made = consoleClass();
      defineHidden(console, 'Console', made);
      return made;
    },
    set(value) {
      defineHidden(console, 'Console', value);
    },
  });
  return {
    console,
    restart() {
      counts = create(null) as Record<string, number>;
      started = create(null) as Record<string, number>;
      indent = '';
    },
  };
}

/** Joins primitives as Node's `format` does; undefined if the first is a format, or if one is an object. */
function plain(args: unknown[]): string | undefined {
  const first = args[0];
  if (args.length > 1 && typeof first === 'string' && contains(first, '%')) return undefined;
  let text = '';
  for (let i = 0; i < args.length; i++) {
    const part = primitive(args[i]);
    if (part === undefined) return undefined;
    text = i === 0 ? part : `${text} ${part}`;
  }
  return text;
}

function primitive(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return value === 0 && 1 / value < 0 ? '-0' : `${value}`;
    case 'bigint':
      return `${value}n`;
    case 'object':
      return value === null ? 'null' : undefined;
    case 'function':
      return undefined;
    default:
      return String(value);
  }
}

function indented(text: string, indent: string): string {
  const lines = apply(split, text, ['\n']) as string[];
  let result = '';
  for (let i = 0; i < lines.length; i++) result += `${i === 0 ? '' : '\n'}${indent}${lines[i]}`;
  return result;
}

/** Formats a duration as Node does: milliseconds below a second, seconds below a minute. */
function duration(ms: number): string {
  if (ms >= 60_000) return `${(ms / 60_000).toFixed(3)}m`;
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${+ms.toFixed(3)}ms`;
}
