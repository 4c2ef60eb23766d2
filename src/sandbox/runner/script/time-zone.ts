import process from 'node:process';

/** The time zone of the service's settings. */
const DEFAULT = process.env['TZ'];
let current = DEFAULT;

/**
 * Sets the time zone of this process, for scripts of its only tenant. Node has V8 forget the previous one when `TZ` is assigned or
 * deleted.
 * @param wanted absent: the one of the settings
 */
export function useTimeZone(wanted = DEFAULT): void {
  if (wanted === current) return;
  current = wanted;
  if (wanted === undefined) delete process.env['TZ'];
  else process.env['TZ'] = wanted;
}
