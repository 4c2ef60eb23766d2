/** The reply to an accepted greeting. Always a separate frame: Go reads the handshake into a 32-byte buffer. */
export const ACCEPTANCE = '+OK';

/** The only supported codec. Any other must not get `+OK`, since its frames could not be decoded. */
const CODEC = 'json';

const GREETING = /^SIMPLEX\/(\d{1,4})\.(\d{1,4});(\S*)$/;

export type Greeting =
  | { readonly kind: 'accepted'; readonly minorVersion: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Parses the first frame of a connection. Any minor version of 1 is accepted; nothing else is negotiated. */
export function parseGreeting(frame: string): Greeting {
  if (frame === '') return refused('empty handshake');
  const [, major, minor, codec] = GREETING.exec(frame) ?? [];
  if (major === undefined) return refused('not a SIMPLEX handshake');
  if (major !== '1') return refused('unsupported version');
  if (codec !== CODEC) return refused('unsupported codec');
  return { kind: 'accepted', minorVersion: Number(minor) };
}

/** The first frame of a client. */
export function formatGreeting(minorVersion = 0): string {
  return `SIMPLEX/1.${minorVersion};${CODEC}`;
}

/**
 * Formats a refusal, at most 32 bytes, since Go would read a longer text as two frames. Clients treat any first character
 * but `+` as a refusal, and show the text.
 */
export function formatRefusal(reason: string): string {
  return `-ERR ${reason}`;
}

function refused(reason: string): Greeting {
  return { kind: 'refused', reason };
}
