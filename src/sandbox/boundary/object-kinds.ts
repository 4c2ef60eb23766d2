/**
 * The checks of `util.types` that only V8 can make: they look at internal slots, which no code of the language sees without
 * an error being thrown. Both sides use this list: a call names a check by its place in it.
 */
export const OBJECT_KINDS = [
  'isAnyArrayBuffer',
  'isArgumentsObject',
  'isArrayBuffer',
  'isAsyncFunction',
  'isBigIntObject',
  'isBooleanObject',
  'isBoxedPrimitive',
  'isDate',
  'isGeneratorFunction',
  'isGeneratorObject',
  'isMap',
  'isMapIterator',
  'isModuleNamespaceObject',
  'isNativeError',
  'isNumberObject',
  'isPromise',
  'isProxy',
  'isRegExp',
  'isSet',
  'isSetIterator',
  'isSharedArrayBuffer',
  'isStringObject',
  'isSymbolObject',
  'isWeakMap',
  'isWeakSet',
] as const;

export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** The place of one more check: whether an object is of none of these kinds, and no view of a buffer. */
export const ORDINARY = OBJECT_KINDS.length;

/**
 * Makes the check at a place of the list. The host neither reads a property of the value nor keeps it: V8 alone looks at it.
 */
export type IsKind = (kind: number, value: unknown) => boolean;
