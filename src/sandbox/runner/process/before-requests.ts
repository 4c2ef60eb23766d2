/** Globals of Node's that send requests without any module. */
const SENDERS = ['fetch', 'WebSocket', 'EventSource'];

/** Has something done when a script first looks at one of them, before it gets it. */
export function beforeRequests(act: () => void): void {
  for (const name of SENDERS) {
    const own = Object.getOwnPropertyDescriptor(globalThis, name);
    if (own === undefined) continue;
    Object.defineProperty(globalThis, name, {
      configurable: true,
      enumerable: own.enumerable === true,
      get() {
        act();
        Object.defineProperty(globalThis, name, own);
        return Reflect.get(globalThis, name) as unknown;
      },
      set(value) {
        Object.defineProperty(globalThis, name, { ...own, value, writable: true });
      },
    });
  }
}
