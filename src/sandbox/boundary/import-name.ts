/**
 * Replaces `import` in the `import()` of classic scripts and CommonJS modules. It is as long as that word, so that columns
 * stay the same. A script finds it on the global object, where it does what `import()` does.
 */
export const IMPORT_NAME = '$jsimp';
