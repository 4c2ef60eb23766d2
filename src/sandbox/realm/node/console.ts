import { lazily } from '../kit/lazily.js';
import { part } from '../kit/parts.js';

interface Output {
  write(text: string): unknown;
}
type Methods = Record<string, unknown>;

/** The console of this context. */
const console = (globalThis as unknown as { console: Methods }).console;
const NOOPS = ['clear', 'profile', 'profileEnd', 'timeStamp'];

/** Creates the class of a console that writes to a stream. */
function consoleClass(): unknown {
  const { format, inspect } = part('inspect');
  return class Console {
    log;
    error;

    constructor(output: Output | { readonly stdout: Output; readonly stderr?: Output }, errors?: Output) {
      const out = 'write' in output ? output : output.stdout;
      const err = errors ?? ('write' in output ? undefined : output.stderr) ?? out;
      this.log = (...args: unknown[]) => void out.write(`${format(...args)}\n`);
      this.error = (...args: unknown[]) => void err.write(`${format(...args)}\n`);
      const dir = (value: unknown, options?: object) => this.log(inspect(value, options));
      const assert = (condition: unknown, ...args: unknown[]) => {
        if (!condition) this.error('Assertion failed', ...args);
      };
      Object.assign(this, {
        info: this.log,
        debug: this.log,
        warn: this.error,
        trace: this.error,
        dir,
        assert,
      });
      for (const name of Object.keys(console))
        if (!(name in this)) Object.assign(this, { [name]: () => undefined });
    }
  };
}

for (const name of NOOPS) console[name] ??= () => undefined;
if (!('Console' in console)) lazily(console, ['Console'], consoleClass);

export default console;
