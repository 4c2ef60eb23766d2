import { isBuiltin } from 'node:module';

/** @returns the name without `node:`, or undefined when Node has no such builtin */
export function builtinName(id: string): string | undefined {
  if (!isBuiltin(id)) return undefined;
  return id.startsWith('node:') ? id.slice('node:'.length) : id;
}
