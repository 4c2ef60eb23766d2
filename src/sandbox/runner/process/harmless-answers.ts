import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { builtin } from './builtin.js';

/** What packages ask while they load, and Node answers anywhere else, would throw here: it is answered. */
export function answerHarmlessly(): void {
  const { existsSync } = fs;
  // Node's permission model makes it throw (Node 20). What may not be read is not there.
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch {
      return false;
    }
  };
  // The user of a runner process has none.
  builtin('node:os').homedir = () => '/';
  syncBuiltinESMExports();
}
