import type { Ask, Load } from '../../boundary/realm-host.js';

/**
 * Wraps the host's functions. With the stack nearly full, a call of theirs can throw an error of the host's
 * realm, so whatever they throw is replaced unseen.
 */
export function guardHost(ask: Ask, load: Load) {
  return {
    ask(topic: string, a = '', b = '', c = ''): string {
      if (
        typeof topic !== 'string' ||
        typeof a !== 'string' ||
        typeof b !== 'string' ||
        typeof c !== 'string'
      ) {
        throw new TypeError('The host takes texts only');
      }
      let answer: unknown;
      try {
        answer = ask(topic, a, b, c);
      } catch {
        throw new RangeError('Maximum call stack size exceeded');
      }
      if (typeof answer !== 'string') throw new TypeError('The host gave no text');
      return answer;
    },
    load(key: string): unknown {
      if (typeof key !== 'string') throw new TypeError('The host takes texts only');
      try {
        return load(key);
      } catch {
        throw new RangeError('Maximum call stack size exceeded');
      }
    },
  };
}

export type Host = ReturnType<typeof guardHost>;
