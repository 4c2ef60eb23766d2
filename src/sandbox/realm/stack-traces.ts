import { define, defineAccessor, named } from './kit/define.js';
import { Error, String, apply, contains, get, slice } from './kit/primordials.js';

/** V8's description of a frame. */
interface CallSite {
  /** Null for V8's builtins, undefined for code made of text. */
  getFileName(): string | null | undefined;
}
type Format = (error: unknown, sites: readonly CallSite[]) => unknown;

/** Whose code a frame runs: the service's, Node's, or the script's and its packages'. */
export type FrameOwner = 'service' | 'node' | 'script';

export interface StackTraceOptions {
  readonly ownerOf: (file: string) => FrameOwner;
  /** Whether the first line of an error's stack has its code, as those of Node's errors have. */
  readonly showsCode: (error: object, top: string | undefined) => boolean;
}

const { toString: textOfError } = Error.prototype;

export function startsWith(text: string, start: string): boolean {
  return apply(slice, text, [0, start.length]) === start;
}

/**
 * Keeps frames of the service out of every stack that the script reads: replaces `Error.prepareStackTrace`, which Node calls
 * when a stack is read first. The script may set one of its own, and gets the same frames. The property is an accessor,
 * since without it Node would format the stack.
 */
export function filterStackTraces({ ownerOf, showsCode }: StackTraceOptions): void {
  const prepareStackTrace = named(
    'prepareStackTrace',
    (error: unknown, sites: readonly CallSite[]): string => {
      const top = sites.length === 0 ? undefined : owner(sites[0] as CallSite);
      let text = headOf(error, top);
      const visible = withoutService(sites);
      for (let i = 0; i < visible.length; i++) text += `\n    at ${String(visible[i])}`;
      return text;
    },
  );
  let getFileName: CallSite['getFileName'] | undefined;
  let current: Format = prepareStackTrace;
  let last: Format | undefined;

  defineAccessor(
    Error,
    'prepareStackTrace',
    {
      get: () => current,
      set(format: unknown) {
        if (typeof format !== 'function') current = prepareStackTrace;
        // One that was read here before, and is put back.
        else if (format === prepareStackTrace || format === last) current = format as Format;
        else {
          last = named('prepareStackTrace', (error: unknown, sites: readonly CallSite[]): unknown =>
            apply(format as Format, Error, [error, withoutService(sites)]),
          );
          current = last;
        }
      },
    },
    false,
  );

  function headOf(error: unknown, top: string | undefined): string {
    try {
      const text: string = apply(textOfError, error as Error, []);
      if (typeof error !== 'object' || error === null || !showsCode(error, top)) return text;
      const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
      const isPlain = typeof name === 'string' && typeof code === 'string' && !contains(name, '[');
      return isPlain ? `${name} [${code}]${apply(slice, text, [name.length])}` : text;
    } catch {
      return '<error>';
    }
  }

  /** Without the frames of the service, of V8's builtins that these called, and of Node where the service was called. */
  function withoutService(sites: readonly CallSite[]): CallSite[] {
    const kept: CallSite[] = [];
    let isBelowScript = true;
    let isBelowService = false;
    for (let i = sites.length - 1; i >= 0; i--) {
      const site = sites[i] as CallSite;
      const of = owner(site);
      isBelowService = of === 'service' || (isBelowService && of === 'builtin');
      if (isBelowService || (isBelowScript && of === 'node')) continue;
      isBelowScript = false;
      define(kept, kept.length, site);
    }
    // The innermost frame first.
    const ordered: CallSite[] = [];
    for (let i = kept.length - 1; i >= 0; i--) define(ordered, ordered.length, kept[i]);
    return ordered;
  }

  function owner(site: CallSite): FrameOwner | 'builtin' {
    // Taken from the first one: no script has seen one before.
    getFileName ??= get(site, 'getFileName');
    const file = apply(getFileName, site, []);
    if (file === null) return 'builtin';
    return file === undefined ? 'script' : ownerOf(file);
  }
}
