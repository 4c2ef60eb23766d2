import { formatWithOptions } from 'node:util';
import { execute } from '../script/execute.js';
import { type ExecuteMessage, parseExecute } from '../../boundary/messages.js';
import type { ScriptContext } from '../script/script-context.js';
import type { OwnRealm } from '../../boundary/process-host.js';

/** The execute frame of a script without code; the function to call does not exist. */
const EMPTY = '{"code":"","call":"javascriptd","modules":[]}\n{}';

const nothing = (): void => undefined;

/**
 * Runs an execution whose result nobody receives, so that V8 has compiled the code before a script comes: the first call of
 * a function takes several times as long as the next.
 */
export function warmUp(context: ScriptContext, realm: OwnRealm): void {
  const message: ExecuteMessage = parseExecute(EMPTY, () => ({ code: '', caller: undefined }));
  execute(context, message, { missing: nothing, invalid: nothing });
  realm.invoke((cb: (value: null) => void) => cb(null), undefined);
  formatWithOptions({}, { a: [1] });
}
