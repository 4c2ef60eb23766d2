/** Where scripts are sent to over HTTP: to be executed, and to be prepared. */
export const EXECUTE_PATH = '/v1/execute';
export const PREPARE_PATH = '/v1/prepare';

/** Whether a path is one that clients send scripts to, so that the gate and problem details are theirs. */
export function takesScripts(path: string | undefined): boolean {
  return path === EXECUTE_PATH || path === PREPARE_PATH;
}
