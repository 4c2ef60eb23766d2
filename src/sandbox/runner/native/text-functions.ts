import constants from 'node:constants';
import { posix, win32 } from 'node:path';
import * as util from 'node:util';
import { PATH_FUNCTIONS, UTIL_FUNCTIONS } from '../../boundary/node-functions.js';
import { Stateful } from './encode.js';
import { type Operations, direct, now, operationsOf } from './operation.js';

const isDecoder = (object: object): object is util.TextDecoder => object instanceof util.TextDecoder;

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
  'text.decoder': now(([label, options]) => {
    const decoder = new util.TextDecoder(label as string, options as { fatal?: boolean });
    return new Stateful(decoder, decoder.encoding);
  }),
  'text.decode': now(([handle, ...args], handles) => {
    const decoder = handles.get(handle, isDecoder);
    return decoder.decode(...(args as Parameters<typeof decoder.decode>));
  }),
};
