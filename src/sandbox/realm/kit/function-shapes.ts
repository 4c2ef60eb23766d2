import { defineReadOnly } from './define.js';

/** The `name` and `length` of each function of one of Node's modules, by its key. */
export type FunctionShapes = Readonly<Record<string, readonly [name: string, length: number] | undefined>>;

/** Gives functions the names and lengths that Node's own have. */
export function shapeAs(shapes: FunctionShapes, functions: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(functions)) {
    const shape = Object.hasOwn(shapes, key) ? shapes[key] : undefined;
    if (typeof value !== 'function' || shape === undefined) continue;
    defineReadOnly(value, 'name', shape[0]);
    defineReadOnly(value, 'length', shape[1]);
  }
}
