/** Most objects of Node's that one context can hold at a time. */
const MAX_HANDLES = 65_536;

/** Node's objects behind the numbers that one context knows them by; another context's mean nothing here. */
export class Handles {
  readonly #objects = new Map<number, object>();
  #last = 0;

  /** @param finished the object that has done its work for a handle that is not positive */
  constructor(private readonly finished: (handle: number) => object | undefined) {}

  /** @throws RangeError when there are too many */
  add(object: object): number {
    if (this.#objects.size >= MAX_HANDLES)
      throw new RangeError(`more than ${MAX_HANDLES} keys, hashes and other native objects at a time`);
    this.#last += 1;
    this.#objects.set(this.#last, object);
    return this.#last;
  }

  /** @throws TypeError for a handle of another kind of object, or of another context */
  get<T extends object>(handle: unknown, isRight: (object: object) => object is T): T {
    const object =
      typeof handle !== 'number' ? undefined : handle > 0 ? this.#objects.get(handle) : this.finished(handle);
    if (object === undefined || !isRight(object)) throw new TypeError('unknown handle');
    return object;
  }

  drop(handle: unknown): void {
    if (typeof handle === 'number') this.#objects.delete(handle);
  }

  clear(): void {
    this.#objects.clear();
  }
}
