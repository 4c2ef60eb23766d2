/** The acceptor's answer to a greeting. Always a frame of its own: Go reads the handshake into a 32-byte buffer. */
export const ACCEPTANCE = '+OK';

/** The only codec we speak. Another one must never get `+OK`: its next frames could not be decoded. */
const CODEC = 'json';

const GREETING = /^SIMPLEX\/(\d{1,4})\.(\d{1,4});(\S*)$/;

export type Greeting =
  | { readonly kind: 'accepted'; readonly minorVersion: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads the first frame of a connection. Any minor version of 1 will do; nothing else is negotiated. */
export function parseGreeting(frame: string): Greeting {
  if (frame === '') return refused('empty handshake');
  const [, major, minor, codec] = GREETING.exec(frame) ?? [];
  if (major === undefined) return refused('not a SIMPLEX handshake');
  if (major !== '1') return refused('unsupported version');
  if (codec !== CODEC) return refused('unsupported codec');
  return { kind: 'accepted', minorVersion: Number(minor) };
}

/** What a connecting side sends first. */
export function formatGreeting(minorVersion = 0): string {
  return `SIMPLEX/1.${minorVersion};${CODEC}`;
}

/**
 * The refusal as text. Every client takes a first character other than `+` for a refusal, and shows the text;
 * with more than 32 bytes Go would take it for two frames.
 */
export function formatRefusal(reason: string): string {
  return `-ERR ${reason}`;
}

function refused(reason: string): Greeting {
  return { kind: 'refused', reason };
}
