type AnyFunction = (...args: unknown[]) => unknown;
interface Signal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options: { once: true }): void;
}

const native = (operation: string, ...args: unknown[]) =>
  (require('native') as { call: AnyFunction }).call(operation, ...args);

/** What newer Nodes have in `util`. */
export const utilAdditions = {
  parseArgs: (config: unknown) => (require('parse-args') as { parseArgs: AnyFunction }).parseArgs(config),
  parseEnv: (content: unknown) => native('util.parseEnv', content),
  getSystemErrorName: (errno: unknown) => native('util.getSystemErrorName', errno),
  getSystemErrorMessage: (errno: unknown) => native('util.getSystemErrorMessage', errno),
  getSystemErrorMap: () => new Map(native('util.getSystemErrorMap') as [number, [string, string]][]),
  aborted: (signal: Signal, _resource: unknown) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    }),
  transferableAbortSignal: (signal: unknown) => signal,
  transferableAbortController: () => {
    const { AbortController } = require('event-target') as { AbortController: new () => object };
    return new AbortController();
  },
};
