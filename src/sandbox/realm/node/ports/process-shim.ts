/** The global `process` in the ports. That of packages is a builtin. */
export const process = {
  env: {},
  cwd: () => '/',
  nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
    environment.nextTick(callback, ...args),
};

export const queueMicrotask = (callback: () => void) => environment.queueMicrotask(callback);
