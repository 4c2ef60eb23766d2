import type { ZlibClass } from '../../boundary/node-functions.js';
import { defineHidden } from '../kit/define.js';
import { type Flags, zlibBase } from './stream.js';

type Maker = (this: unknown, options?: unknown) => object;

/** Creates the classes of `zlib`; as in Node, they can be called without `new`. */
export function zlibClasses(
  kinds: readonly ZlibClass[],
  constants: Readonly<Record<string, number>>,
): Record<string, Maker> {
  const Base = zlibBase();
  const flag = (name: string) => constants[name] ?? 0;
  const flags: Readonly<Record<string, Flags>> = {
    Z: {
      none: flag('Z_NO_FLUSH'),
      flush: flag('Z_SYNC_FLUSH'),
      full: flag('Z_FULL_FLUSH'),
      finish: flag('Z_FINISH'),
    },
    Brotli: {
      none: flag('BROTLI_OPERATION_PROCESS'),
      flush: flag('BROTLI_OPERATION_FLUSH'),
      full: flag('BROTLI_OPERATION_FLUSH'),
      finish: flag('BROTLI_OPERATION_FINISH'),
    },
    Zstd: {
      none: flag('ZSTD_e_continue'),
      flush: flag('ZSTD_e_flush'),
      full: flag('ZSTD_e_flush'),
      finish: flag('ZSTD_e_end'),
    },
  };
  return Object.fromEntries(
    kinds.map((kind) => {
      const family = /^(?:Brotli|Zstd)/.exec(kind)?.[0] ?? 'Z';
      return [kind, classOf(kind, flags[family] as Flags)];
    }),
  );

  function classOf(kind: ZlibClass, kindFlags: Flags): Maker {
    const made = {
      [kind]: function (this: unknown, options?: unknown): object {
        return Reflect.construct(Base, [kind, kindFlags, options], new.target ?? made) as object;
      },
    }[kind] as Maker & { prototype: object };
    Object.setPrototypeOf(made, Base);
    made.prototype = Object.create(Base.prototype) as object;
    defineHidden(made.prototype, 'constructor', made);
    return made;
  }
}
