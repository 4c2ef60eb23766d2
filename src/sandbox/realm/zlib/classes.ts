import type { ZlibClass } from '../../boundary/node-functions.js';
import { type CallableClass, oldClass } from '../kit/old-class.js';
import { type ZlibBaseClass, type ZlibStream, initialize, levelMethods, zlibBase } from './stream.js';

/** Creates the classes of `zlib`; as in Node, they construct with or without `new`. */
export function zlibClasses(kinds: readonly ZlibClass[]): Record<string, ZlibBaseClass> {
  const Base = zlibBase();
  const Zlib = abstract('Zlib', levelMethods, Base);
  const parents: Readonly<Record<string, ZlibBaseClass>> = {
    Brotli: abstract('Brotli', {}, Zlib),
    Zstd: abstract('Zstd', {}, Base),
  };
  return Object.fromEntries(
    kinds.map((kind) => [kind, classOf(kind, parents[/^(?:Brotli|Zstd)/.exec(kind)?.[0] ?? ''] ?? Zlib)]),
  );
}

/** A class that Node does not export; only the chain of prototypes leads to it. */
function abstract(
  name: string,
  methods: Parameters<typeof oldClass>[2],
  Parent: ZlibBaseClass,
): ZlibBaseClass {
  return oldClass<[options?: unknown], ZlibStream>(
    name,
    function () {
      throw new TypeError(`${name} is not a constructor`);
    },
    methods,
    Parent,
  );
}

function classOf(kind: ZlibClass, Parent: ZlibBaseClass): ZlibBaseClass {
  const Class: CallableClass<[opts?: unknown], ZlibStream> = oldClass<[opts?: unknown], ZlibStream>(
    kind,
    function (opts) {
      if (!(this instanceof Class)) return new Class(opts);
      initialize(this, kind, opts);
      return undefined;
    },
    {},
    Parent,
  );
  return Class;
}
