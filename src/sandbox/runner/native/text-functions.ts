import constants from 'node:constants';
import { posix, win32 } from 'node:path';
import * as legacyUrl from 'node:url';
import * as util from 'node:util';
import { PATH_FUNCTIONS, UTIL_FUNCTIONS } from '../../boundary/node-functions.js';
import { Stateful } from './encode.js';
import { decoderOf } from './text-decoding.js';
import { type AnyFunction, type Operations, direct, now, operationsOf } from './operation.js';

/** Functions from text to text, of which Node's own are the only complete ones. None looks at a file. */
export const TEXT: Operations = {
  ...operationsOf('path.posix', PATH_FUNCTIONS, posix, direct),
  ...operationsOf('path.win32', PATH_FUNCTIONS, win32, direct),
  ...operationsOf('util', UTIL_FUNCTIONS, util, direct),
  'util.getSystemErrorMap': now(() => {
    const { getSystemErrorMap } = util as unknown as { getSystemErrorMap: () => Map<number, string[]> };
    return [...getSystemErrorMap()];
  }),
  constants: now(() => ({ ...constants })),
  /** For input in parts; `decodePart` of the operations on bytes decodes with it. */
  'text.decoder': now(([encoding, flags]) => new Stateful(decoderOf(String(encoding), Number(flags)))),
  'url.parse': now((args) => ({ ...((legacyUrl.parse as AnyFunction)(...args) as object) })),
  'url.format': direct(legacyUrl.format as AnyFunction),
  'url.resolve': direct(legacyUrl.resolve as AnyFunction),
  'url.fileURLToPath': direct(legacyUrl.fileURLToPath as AnyFunction),
  'url.pathToFileURL': now((args) => ((legacyUrl.pathToFileURL as AnyFunction)(...args) as URL).href),
};
