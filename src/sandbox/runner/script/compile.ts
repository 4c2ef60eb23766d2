import { Script } from 'node:vm';

/**
 * Makes the error that `import()` rejects with, inside the realm that asked. Set by the context in use:
 * compiled scripts outlive contexts, and a runner serves one execution at a time.
 */
let refuseImport: (() => unknown) | undefined;

export function onImport(makeError: () => unknown): void {
  refuseImport = makeError;
}

/**
 * Without a callback of ours, `import()` rejects with an error of the host realm, whose constructor's
 * constructor is the host's `Function`: in Node 20 to 26, `import('x')` alone then leads to the host's `process`. So
 * every script and every context gets this callback. It throws a primitive or an object of the script's own realm.
 */
export function importModuleDynamically(): never {
  throw refuseImport === undefined ? 'import() is not supported' : refuseImport();
}

/**
 * Compiles a classic script; run it in a context with `runInContext`.
 * @param cachedData what V8 made of the same text before; it is used if it fits
 * @throws SyntaxError, of the host realm: it must not reach a script.
 */
export function compile(text: string, filename: string, columnOffset = 0, cachedData?: Buffer): Script {
  const options = { filename, columnOffset, importModuleDynamically };
  return new Script(named(text, filename), cachedData === undefined ? options : { ...options, cachedData });
}

/**
 * A text that V8 knows by `filename` only. A `sourceURL` comment would name it otherwise in stacks, where frames of the
 * author's are found by their file name. The last such comment counts.
 */
export function named(text: string, filename: string): string {
  return text.includes('sourceURL=') ? `${text}\n//# sourceURL=${filename}` : text;
}
