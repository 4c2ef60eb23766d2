/** Every key, that is every `module.filename` that a script can see, begins so. */
export const KEY_ROOT = '/modules/';

/** How a file is called in stacks. */
export function stackName(key: string): string {
  return `npm:${key.slice(KEY_ROOT.length)}`;
}
