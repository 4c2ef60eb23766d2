/** What the ports mean by a free `process`; the packages' own `process` is a builtin of its own. */
export const process = {
  env: {},
  cwd: () => '/',
  nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
    environment.queueMicrotask(() => callback(...args)),
};

export const queueMicrotask = (callback: () => void) => environment.queueMicrotask(callback);
