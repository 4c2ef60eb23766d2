/**
 * Stands for `import` in the `import()` of classic scripts and CommonJS modules: as long as the word, so that columns
 * stay. Scripts find it among the names of the global object, and can do with it what they can do with `import()`.
 */
export const IMPORT_NAME = '$jsimp';
