import { isIP } from 'node:net';
import { EMPTY, quoted, valueKind, type Refuse, type ValueKind } from './value-kind.js';

/** Decimal digits only: `1e3`, `0x10` and ` 5` are more often typos than numbers. */
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

/** The maximum delay of Node's timers; a longer delay would fire at once. */
export const MAX_TIMER_MS = 2_147_483_647;

export function milliseconds(min: number): ValueKind<number> {
  return wholeNumber(min, MAX_TIMER_MS);
}

/** A value of one of the environment variables that the C library reads. */
export function environmentWord(accepted: string): ValueKind<string> {
  return valueKind(accepted, (text, refuse) => {
    if (!/^[\w.:/@+-]{1,128}$/.test(text)) refuse(`invalid value ${quoted(text)}`);
    return text;
  });
}

/** One word from a fixed list. */
export function oneOf<const Word extends string>(...words: readonly Word[]): ValueKind<Word> {
  return valueKind(words.map((word) => `\`${word}\``).join(' or '), (text, refuse) => {
    const found = words.find((word) => word === text);
    if (found === undefined) refuse(`invalid value ${quoted(text)}`);
    return found ?? (text as Word);
  });
}

/** A switch. Any text turns it on, as with `NOLOGS` of the original, except the words that mean off. */
export function onOff(): ValueKind<boolean> {
  return valueKind(
    '`false`, `0`, `no` and `off` leave it off, any other text turns it on',
    (text) => !/^(?:false|0|no|off|)$/i.test(text),
  );
}

/** A value that no message shows, not even in part. */
export function secretText(): ValueKind<string> {
  return valueKind('text without control characters and without a space at either end', (text, refuse) => {
    refuseSecret(text, refuse);
    return text;
  });
}

/** Rejects secrets that an HTTP header cannot carry, since they would lock out every client. */
export function refuseSecret(text: string, refuse: Refuse): void {
  if (/\p{Cc}/u.test(text)) refuse('the value contains a control character, which HTTP headers cannot carry');
  else if (text !== text.trim()) refuse('the value starts or ends with a space, which HTTP strips');
}

// The last label starts with a letter, so that `256.1.1.1` and `8765` do not pass as names.
const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9_](?:[\w-]{0,61}[a-z0-9])?\.)*[a-z](?:[\w-]{0,61}[a-z0-9])?$/i;

/** An address to listen on. */
export function host(): ValueKind<string> {
  return valueKind('an IP address or a host name', (text, refuse) => {
    if (text === '') refuse(EMPTY);
    else if (isIP(text) === 0 && !HOST_NAME.test(text))
      refuse(`${quoted(text)} is neither an IP address nor a host name`);
    return text;
  });
}
