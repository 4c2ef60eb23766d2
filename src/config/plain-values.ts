import { isIP } from 'node:net';
import { EMPTY, quoted, valueKind, type Refuse, type ValueKind } from './value-kind.js';

/** Decimal digits only: `1e3`, `0x10` and ` 5` are slips more often than numbers. */
export function wholeNumber(min: number, max: number): ValueKind<number> {
  return valueKind(`a whole number from ${min} to ${max}`, (text, refuse) => {
    const value = Number(text);
    if (text === '') refuse(EMPTY);
    else if (!/^-?\d+$/.test(text)) refuse(`${quoted(text)} is not a whole number`);
    else if (value < min) refuse(`${quoted(text)} is too small`);
    else if (value > max) refuse(`${quoted(text)} is too large`);
    return value;
  });
}

/** Node's timers turn a longer delay into no delay at all. */
export const MOST_MS = 2_147_483_647;

export function milliseconds(min: number): ValueKind<number> {
  return wholeNumber(min, MOST_MS);
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): ValueKind<Word> {
  return valueKind(words.map((word) => `\`${word}\``).join(' or '), (text, refuse) => {
    const found = words.find((word) => word === text);
    if (found === undefined) refuse(`${quoted(text)} is none of them`);
    return found ?? (text as Word);
  });
}

/** A switch that any text turns on, as the original's `NOLOGS`, but for the words that plainly mean off. */
export function onOff(): ValueKind<boolean> {
  return valueKind(
    '`false`, `0`, `no` and `off` leave it off, any other text turns it on',
    (text) => !/^(?:false|0|no|off|)$/i.test(text),
  );
}

/** A value that no message of ours shows, not even in part. */
export function secretText(): ValueKind<string> {
  return valueKind('text without control characters and without a space at either end', (text, refuse) => {
    refuseSecret(text, refuse);
    return text;
  });
}

/** What HTTP cannot carry would lock everyone out: control characters, and outer spaces, which are trimmed. */
export function refuseSecret(text: string, refuse: Refuse): void {
  if (/\p{Cc}/u.test(text)) refuse('the value holds a control character, which no HTTP header can carry');
  else if (text !== text.trim()) refuse('the value starts or ends with a space, which HTTP takes away');
}

// The last label starts with a letter, so that `256.1.1.1` and `8765` are not taken for names.
const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9_](?:[\w-]{0,61}[a-z0-9])?\.)*[a-z](?:[\w-]{0,61}[a-z0-9])?$/i;

/** An address to listen on. */
export function host(): ValueKind<string> {
  return valueKind('an IP address or a host name', (text, refuse) => {
    if (text === '') refuse(EMPTY);
    else if (isIP(text) === 0 && !HOST_NAME.test(text)) refuse(`${quoted(text)} is neither address nor name`);
    return text;
  });
}
