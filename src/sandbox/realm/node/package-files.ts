import { ownFilesReader } from '../files/reader.js';
import { asyncFunctions } from '../files/async-functions.js';
import { syncFunctions } from '../files/sync-functions.js';
import type { AskFile } from '../files/reader.js';

type Functions = Record<string, unknown> & { promises: object };

/**
 * Creates the `fs` of one package at isolation level `context`: the stub that all packages share, with functions that read the
 * files of this package. The host decides which files those are (`runner/modules/own-files.ts`).
 * @param stub every function of Node's `fs`, each of which throws
 * @param ask asks the host about a file, on behalf of the module that required `fs`
 */
export default function packageFiles(stub: Functions, ask: AskFile): object {
  const sync = syncFunctions(ownFilesReader(ask));
  const { callbacks, promises } = asyncFunctions(sync);
  const inherited = Object.getOwnPropertyDescriptors(stub);
  const made = Object.defineProperties({}, inherited) as Functions;
  Object.assign(made, sync, callbacks);
  const { promises: stubPromises } = stub;
  made.promises = Object.assign(
    Object.defineProperties({}, Object.getOwnPropertyDescriptors(stubPromises)),
    promises,
  );
  return made;
}
