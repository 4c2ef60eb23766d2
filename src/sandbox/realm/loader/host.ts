import type { Topic } from '../../boundary/loader-protocol.js';
import type { Ask, Load } from '../../boundary/realm-host.js';

/**
 * The host's functions for the loader and the builtins. They are guarded already (`kit/guard.ts`); here only texts get
 * through, since a script may have changed the functions that make texts of other values.
 */
export function textsOnly(ask: Ask, load: Load) {
  return {
    ask(topic: Topic, a = '', b = '', c = ''): string {
      if (!isText(topic) || !isText(a) || !isText(b) || !isText(c)) throw notText();
      return ask(topic, a, b, c);
    },
    load(key: string): unknown {
      if (!isText(key)) throw notText();
      return load(key);
    },
  };
}

export type LoaderHost = ReturnType<typeof textsOnly>;

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function notText(): TypeError {
  return new TypeError('only texts can be passed to the host');
}
