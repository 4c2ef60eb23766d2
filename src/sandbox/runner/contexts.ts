import { ScriptContext } from './context.js';
import { lockdown } from './lockdown.js';
import type { Preparation } from './messages.js';
import { ModuleHost } from './modules/index.js';
import type { Place } from './place.js';

/** Level `context`: a fresh context for each execution, in a process without powers. */
export function placesOf({ packages }: Preparation): () => Place {
  lockdown();
  const modules = new ModuleHost(packages);
  return () => new ScriptContext(modules);
}
