import type { Host, Realm } from './realm-host.js';

/** How the realm of a runner process reports to the runner, which shares the realm. */
export type RealmCallbacks = Pick<
  Host,
  'returned' | 'unanswered' | 'threw' | 'entered' | 'console' | 'yielded' | 'called' | 'now' | 'ownFrames'
>;

/** What the runner may ask of that realm; `enter` takes {@link LinkedParts}. */
export type ProcessRealm = Pick<
  Realm,
  | 'setGlobals'
  | 'offer'
  | 'hostSettled'
  | 'egress'
  | 'invoke'
  | 'threw'
  | 'enter'
  | 'giveExports'
  | 'exported'
  | 'exportedNames'
  | 'isBuiltin'
>;

/** The part of it that `realm/boot-process.ts` makes; requests are Node's own, so the runner handles them. */
export interface OwnRealm extends Omit<ProcessRealm, 'egress'> {
  /** Before the script runs: the global of this name is not a function of the script. */
  remember(name: string): void;
}

/** The script's `require`: Node's, behind the allowlist. */
export interface Require {
  (id: string): unknown;
  /** The script's `module`, if it has one. */
  main: object | undefined;
}

/** A module that Node has linked. */
export interface LinkedParts {
  readonly namespace: object;
  readonly ended: Promise<void>;
}
