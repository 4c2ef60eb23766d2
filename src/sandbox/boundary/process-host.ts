import type { Host, Realm } from './realm-host.js';

/** What the realm of a process tells the runner, which shares it. */
export type Told = Pick<
  Host,
  'returned' | 'threw' | 'entered' | 'console' | 'yielded' | 'called' | 'now' | 'ownFrames'
>;

/** What the runner may ask of it; `enter` takes {@link LinkedParts}. */
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
  | 'isBuiltin'
>;

/** The realm of a process; requests are Node's own, so that the place sees to them. */
export interface OwnRealm extends Omit<ProcessRealm, 'egress'> {
  /** Before the script: what is under this name among the globals is no function of the script's. */
  remember(name: string): void;
}

/** The script's `require`: Node's, behind the allowlist. */
export type Require = (id: string) => unknown;

/** A module that Node has linked. */
export interface LinkedParts {
  readonly namespace: object;
  readonly ended: Promise<void>;
}
