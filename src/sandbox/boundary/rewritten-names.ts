/**
 * Names that rewritten texts have in place of the author's words. Where the rest of the line must stay in its column, the
 * name is as long as the word. `realm/function-text.ts` puts the author's words back where a script reads a function's text.
 */

/**
 * Replaces `import` in the `import()` of classic scripts and CommonJS modules. A script finds it on the global object, where
 * it does what `import()` does.
 */
export const IMPORT_NAME = '$jsimp';

/** What all names of a rewritten module begin with, unless its text has it already. */
export const MODULE_PREFIX = '$jsm';

/** What follows the prefix in the name of each kind. */
export const NAME_KINDS = {
  import: 'im',
  meta: 'meta',
  arguments: 'argum',
  default: 'd',
  /** Before an imported name: the namespace that it is read from, so that a property access follows. */
  imported: '_',
  /** Before the local name of a namespace: what its members are read from. */
  members: 'n_',
  /** Before the local name of a namespace: what a script holds. */
  namespace: 'v_',
} as const;

/** What stands around a name. A call through a comma passes no `this`. */
export const NAME_PLACES = {
  called: '(0,',
  /** What begins with a parenthesis must not go on the line before. */
  calledFirst: ';(1,',
  /** After the key of a shorthand property. */
  shorthand: ':/**/',
} as const;
