import { formatWithOptions } from 'node:util';
import { execute } from '../script/execute.js';
import { type ExecuteMessage, executeText, parseExecute } from '../../boundary/messages.js';
import type { Place } from '../script/place.js';
import type { OwnRealm } from '../../boundary/process-host.js';

/** A script that makes nothing, with a function that is nowhere. */
const EMPTY = { code: '', language: undefined, globals: {}, call: 'javascriptd', caller: undefined };

const nothing = (): void => undefined;

/**
 * Goes the way of an execution that nobody hears of, so that the code on that way is compiled before a script comes: the
 * first call of each function takes several times as long as the next.
 */
export function rehearse(place: Place, realm: OwnRealm): void {
  const message: ExecuteMessage = parseExecute(executeText(EMPTY, { modules: [] }, '{}'), () => EMPTY);
  execute(place, message, { missing: nothing, invalid: nothing });
  realm.invoke((cb: (value: null) => void) => cb(null), undefined);
  formatWithOptions({}, { a: [1] });
}
