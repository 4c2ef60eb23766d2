const { stringify } = JSON;
const { setPrototypeOf } = Object;

/**
 * JSON of an object that this program has made, of texts and numbers. At level `process` the script lives in the same realm: it may
 * have replaced `JSON.stringify`, or given every object a `toJSON`. The object loses its prototype.
 */
export function inertJson(made: object): string {
  return stringify(setPrototypeOf(made, null));
}
