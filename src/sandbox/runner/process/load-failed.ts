/** What the script gets when a module that is there cannot be loaded; the module's own error is the `cause`. */
export function loadFailed(id: string, cause: unknown): Error {
  let text: string;
  try {
    text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  } catch {
    text = 'an error that cannot be read';
  }
  return Object.assign(new Error(`Cannot load module '${id}': ${text}`, { cause }), {
    code: 'ERR_MODULE_LOAD_FAILED',
  });
}
