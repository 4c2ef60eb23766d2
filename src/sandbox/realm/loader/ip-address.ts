/** A number from 0 to 255 without leading zeros. */
const BYTE = '(?:\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])';
const V4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);
const ZONE = /%[\w.:-]+$/;
const GROUP = /^[\da-f]{1,4}$/i;
const GROUPS = 8;

/** `net.isIPv4`. */
export function isIPv4(input: unknown): boolean {
  return V4.test(String(input));
}

/** `net.isIPv6`: RFC 4291, section 2.2, with a zone as in RFC 4007. */
export function isIPv6(input: unknown): boolean {
  const text = String(input).replace(ZONE, '');
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const counts = halves.map((half, index) => groupsIn(half, index === halves.length - 1));
  if (counts.some((count) => count === undefined)) return false;
  const count = counts.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return halves.length === 2 ? count < GROUPS : count === GROUPS;
}

/** `net.isIP`. */
export function isIP(input: unknown): number {
  const text = String(input);
  if (isIPv4(text)) return 4;
  return isIPv6(text) ? 6 : 0;
}

/** How many groups of 16 bits a text between `::` has; undefined if it has anything else. */
function groupsIn(text: string, isLast: boolean): number | undefined {
  if (text === '') return 0;
  const groups = text.split(':');
  const last = groups.at(-1) ?? '';
  const endsInV4 = isLast && isIPv4(last);
  if (endsInV4) groups.pop();
  if (!groups.every((group) => GROUP.test(group))) return undefined;
  return groups.length + (endsInV4 ? 2 : 0);
}
