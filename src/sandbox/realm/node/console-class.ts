import { createConsole } from '../web/console.js';
import { part } from '../kit/parts.js';

interface Output {
  write(text: string): unknown;
}
interface Options {
  readonly stdout: Output;
  readonly stderr?: Output;
}

/** Levels whose lines go to the second stream. */
const ERRORS: ReadonlySet<string> = new Set(['error', 'trace', 'warn']);

/** Node's `Console`: a console that writes to streams. */
// oxlint-disable-next-line no-extraneous-class -- Node has a constructor that fills its object
export default class Console {
  constructor(output: Output | Options, errors?: Output) {
    const out = 'write' in output ? output : output.stdout;
    const err = errors ?? ('write' in output ? undefined : output.stderr) ?? out;
    const host = {
      console: (level: string, line: string) => void (ERRORS.has(level) ? err : out).write(`${line}\n`),
      now: environment.now,
      ownFrames: (stack: string) => stack.replace(/^[^\n]*/, ''),
    };
    const { console } = createConsole(
      (name) => host[name as keyof typeof host] as never,
      () => part('inspect') as never,
      () => Console,
    );
    Object.assign(this, console);
  }
}
