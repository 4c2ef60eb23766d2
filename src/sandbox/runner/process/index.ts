import type { Preparation } from '../messages.js';
import type { Place } from '../place.js';
import { lockdown } from '../lockdown.js';
import { ProcessPlace } from './process-place.js';

/** Level `process`: the process is the place of one execution, and of no other. */
export function placesOf(preparation: Preparation): () => Place {
  const addons = process.argv[3] === 'addons';
  lockdown(addons ? 'dlopen' : undefined);
  return () => new ProcessPlace(preparation.packages, addons);
}
