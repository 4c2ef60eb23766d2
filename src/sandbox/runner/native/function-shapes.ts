type Shape = readonly [name: string, length: number];

/** The `name` and `length` of each function that one of Node's modules exports, deprecated ones among them. */
export function functionShapes(exports: object): Readonly<Record<string, Shape>> {
  const shapes: Record<string, Shape> = {};
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(exports))) {
    const called: unknown = value;
    if (typeof called === 'function') shapes[key] = [called.name, called.length];
  }
  return shapes;
}
