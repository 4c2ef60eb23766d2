import { inspect } from 'node:util';
import type { InspectionStyle } from '../../boundary/loader-protocol.js';

let known: string | undefined;

/** How this version of Node inspects, as JSON of an {@link InspectionStyle}: tried, since it changed within versions. */
export function inspectionStyle(): string {
  return (known ??= JSON.stringify({
    bracketsSymbols: inspect({ [Symbol('a')]: 1 }).includes('['),
    bracketsLengths: inspect(new ArrayBuffer(0)).includes('[byteLength]'),
    showsProxies: inspect(new Proxy({}, {})).includes('Proxy'),
    coloursRegExps: typeof inspect.styles.regexp === 'function',
    showsGetterErrors: inspect(
      {
        get a() {
          throw new Error('b');
        },
      },
      { getters: true },
    ).includes('Error'),
  } satisfies InspectionStyle));
}
