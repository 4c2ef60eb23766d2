import constants from 'node:constants';
import { posix, win32 } from 'node:path';
import * as util from 'node:util';
import { Stateful } from './encode.js';
import { type Operations, direct, named, now } from './operation.js';

const PATH = [
  'basename',
  'dirname',
  'extname',
  'format',
  'isAbsolute',
  'join',
  'matchesGlob',
  'normalize',
  'parse',
  'relative',
  'resolve',
  'toNamespacedPath',
];

const isDecoder = (object: object): object is util.TextDecoder => object instanceof util.TextDecoder;

/** Functions from text to text, of which Node's own are the only complete ones. None looks at a file. */
export const TEXT: Operations = {
  ...named('path.posix', PATH, posix, direct),
  ...named('path.win32', PATH, win32, direct),
  ...named('util', ['getSystemErrorName', 'getSystemErrorMessage', 'parseEnv'], util, direct),
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
