import crypto from 'node:crypto';
import { FINISHED } from '../../boundary/lent-operations.js';

const KEY = Buffer.alloc(16);

let made: ReadonlyMap<number, object> | undefined;

/**
 * One object of each kind that has done its work, for all contexts. Node refuses whatever is called on it, and it keeps nothing.
 */
export function finishedObjects(): ReadonlyMap<number, object> {
  if (made !== undefined) return made;
  const cipher = crypto.createCipheriv('aes-128-cbc', KEY, KEY);
  cipher.final();
  const decipher = crypto.createDecipheriv('aes-128-cbc', KEY, KEY).setAutoPadding(false);
  decipher.final();
  made = new Map<number, object>([
    [FINISHED.cipher, cipher],
    [FINISHED.decipher, decipher],
  ]);
  return made;
}
