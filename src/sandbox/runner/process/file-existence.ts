import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * `fs.existsSync` never throws, and packages rely on it; under Node's permission model it does (Node 20). What may not
 * be read is not there.
 */
export function answerExistence(): void {
  const { existsSync } = fs;
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch {
      return false;
    }
  };
  syncBuiltinESMExports();
}
