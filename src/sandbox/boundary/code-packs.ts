import type { InstalledPackage } from './messages.js';

/*
 * A code pack is a file with the compiled code of one package: see `runner/modules/code-pack.ts`. The gateway writes and
 * names it, and never looks into it.
 */

/** The name of the pack with the builtins that a context evaluates; no package can have it. */
export const BUILTINS_PACK = 'node:builtins';

/** Max size of a pack. */
export const MAX_PACK_BYTES = 16 * 1024 * 1024;

/** The name of a pack's file; npm's names have at most 214 characters. */
export function packFile(name: string): string {
  return `${encodeURIComponent(name)}.pack`;
}

/** What a maker process is asked for. */
export interface PackRequest {
  /** A package, or {@link BUILTINS_PACK}. */
  readonly name: string;
  /** All that are installed: it may load them. */
  readonly packages: readonly InstalledPackage[];
}
