import { readdirSync, readFileSync } from 'node:fs';

const SCRIPTS = new URL('./scripts/', import.meta.url);
const read = (url: URL): string => readFileSync(url, 'utf8');
const PRELUDE =
  read(new URL('../support/foreign-objects.js', import.meta.url)) +
  read(new URL('./prelude.js', import.meta.url));

/** A reply that is right: a value, or an error of this code and, where one is named, this message. */
export type Expectation =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly code: number; readonly message: string | undefined };

/** One file of `scripts/`. */
export interface Attack {
  readonly name: string;
  readonly family: string;
  readonly expected: readonly Expectation[];
  readonly payload: Readonly<Record<string, unknown>>;
  /** What the attacker may require, as in the setting MODULES. */
  readonly modules: string;
  /** Whether it may send requests, to the hosts of `network.mjs`. */
  readonly egress: boolean;
  /** Whether it runs under the short deadline. */
  readonly short: boolean;
  /** Of a script that is prepared and called twice in the context that is kept: the first call, which prepares the attack. */
  readonly earlier: string | undefined;
}

/**
 * Reads every attack.
 * @throws Error for a file whose header is not complete
 */
export function attacks(): Attack[] {
  return readdirSync(SCRIPTS)
    .filter((file) => file.endsWith('.js'))
    .toSorted()
    .map((file) => attackOf(file.slice(0, -3), read(new URL(file, SCRIPTS))));
}

/** @param reply as it came: the text of a frame */
export function isAsExpected(reply: string, expectation: Expectation): boolean {
  const { payload, error } = JSON.parse(reply);
  if (expectation.kind === 'value')
    return payload !== undefined && JSON.stringify(payload.value) === JSON.stringify(expectation.value);
  if (error === undefined || error.code !== expectation.code) return false;
  return expectation.message === undefined || error.message === expectation.message;
}

function attackOf(name: string, text: string): Attack {
  const header = (key: string): string | undefined => new RegExp(`^// ${key}: (.+)$`, 'm').exec(text)?.[1];
  const needed = (key: string): string => {
    const value = header(key);
    if (value === undefined) throw new Error(`${name} does not say its ${key}`);
    return value;
  };
  needed('source');
  const caller = header('caller');
  return {
    name,
    family: needed('family'),
    expected: needed('expect')
      .split(' or ')
      .map((one) => expectationOf(one)),
    payload: {
      code: header('prelude') === 'none' ? text : PRELUDE + text,
      globals: JSON.parse(header('globals') ?? '{}'),
      call: header('call') ?? 'attack',
      language: header('language') ?? null,
      options: JSON.parse(header('options') ?? 'null'),
      ...(caller !== undefined && { caller }),
    },
    modules: header('modules') ?? '*',
    egress: header('egress') !== undefined,
    short: header('timeout') !== undefined,
    earlier: header('earlier'),
  };
}

/** `value <json>`, `error <code>` or `error <code> <message>`. */
function expectationOf(text: string): Expectation {
  const [, kind, rest = ''] = /^(value|error) (.+)$/.exec(text) ?? [];
  if (kind === 'value') return { kind, value: JSON.parse(rest) };
  if (kind !== 'error') throw new Error(`what is "${text}"?`);
  const [code, ...message] = rest.split(' ');
  return { kind, code: Number(code), message: message.length === 0 ? undefined : message.join(' ') };
}
