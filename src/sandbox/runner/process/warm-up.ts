import { formatWithOptions } from 'node:util';
import { execute } from '../script/execute.js';
import { type ExecuteMessage, executeText, parseExecute } from '../../boundary/messages.js';
import type { Place } from '../script/place.js';
import type { OwnRealm } from '../../boundary/process-host.js';

/** A script without code; the function to call does not exist. */
const EMPTY = { code: '', language: undefined, globals: {}, call: 'javascriptd', caller: undefined };

const nothing = (): void => undefined;

/**
 * Runs an execution whose result nobody receives, so that V8 has compiled the code before a script comes: the first call of
 * a function takes several times as long as the next.
 */
export function warmUp(place: Place, realm: OwnRealm): void {
  const message: ExecuteMessage = parseExecute(executeText(EMPTY, { modules: [] }, '{}'), () => EMPTY);
  execute(place, message, { missing: nothing, invalid: nothing });
  realm.invoke((cb: (value: null) => void) => cb(null), undefined);
  formatWithOptions({}, { a: [1] });
}
