import { define, named } from './define.js';

const { setPrototypeOf } = Reflect;
const { entries } = Object;

/** A class that can also be called: on an object of a derived class, or without `new` at all. */
export interface CallableClass<A extends readonly unknown[], T extends object> {
  new (...args: A): T;
  (this: unknown, ...args: A): unknown;
  readonly prototype: T;
  readonly name: string;
}

type Methods = Readonly<Record<string, (this: never, ...args: never[]) => unknown>>;

/**
 * Makes a class of a plain function, as Node's older modules do: it constructs with or without `new`, on objects that
 * `util.inherits` prepared, and its methods are enumerable.
 * @param constructor keeps its state on `this` by a class that extends {@link Stamp}
 */
export function oldClass<A extends readonly unknown[], T extends object>(
  name: string,
  constructor: (this: T, ...args: A) => unknown,
  methods: Methods = {},
  parent?: { readonly prototype: object },
): CallableClass<A, T> {
  const { prototype } = named(name, constructor);
  if (parent !== undefined) {
    setPrototypeOf(constructor, parent);
    setPrototypeOf(prototype as object, parent.prototype);
  }
  for (const [key, method] of entries(methods)) define(prototype as object, key, method);
  return constructor as unknown as CallableClass<A, T>;
}

/**
 * Returns the object that it is given. A class that extends it puts its private fields on that object: state that no
 * script can read, on an object that a script may have made.
 */
// oxlint-disable-next-line typescript/no-extraneous-class -- it is for its constructor
export class Stamp {
  constructor(target: object) {
    // oxlint-disable-next-line no-constructor-return -- this is what it is for
    return target;
  }
}

/** State of the objects of one class. */
export interface PrivateState<T> {
  give(owner: object, state: T): void;
  /** @throws TypeError for an object that was given none */
  of(owner: object): T;
}

/** Creates a place for the state of the objects of one class. It is fast, and costs the garbage collector nothing. */
export function privateState<T>(): PrivateState<T> {
  return class Holder extends Stamp {
    #state: T;

    private constructor(owner: object, state: T) {
      super(owner);
      this.#state = state;
    }

    /** A constructor that is called twice on an object begins anew. */
    static give(owner: object, state: T): void {
      if (#state in owner) owner.#state = state;
      // oxlint-disable-next-line no-new -- it puts the state on the owner
      else new Holder(owner, state);
    }

    static of(owner: object): T {
      return (owner as Holder).#state;
    }
  };
}
