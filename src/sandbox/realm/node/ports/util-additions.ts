import { part } from '../../kit/parts.js';

interface Signal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options: { once: true }): void;
}

/** Functions of `util` that the port lacks. */
export const utilAdditions = {
  parseArgs: (config: unknown = {}) => part('parse-args').parseArgs(config),
  parseEnv: (content: unknown) => part('native').call('util.parseEnv', content),
  getSystemErrorName: (errno: unknown) => part('native').call('util.getSystemErrorName', errno),
  getSystemErrorMessage: (errno: unknown) => part('native').call('util.getSystemErrorMessage', errno),
  getSystemErrorMap: () =>
    new Map(part('native').call('util.getSystemErrorMap') as [number, [string, string]][]),
  aborted: (signal: Signal, _resource: unknown) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    }),
  transferableAbortSignal: (signal: unknown) => signal,
  transferableAbortController: () => new (part('event-target').AbortController)(),
};
