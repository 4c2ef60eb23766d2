// family: ES modules
// source: own idea: every prototype that the loader of ES modules works with is the script's
// expect: value "safe"
// modules: good,esm-open
async function attack(cb) {
  const seen = [];
  const { apply, ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
  let size = 0;
  const note = (x) =>
    void defineProperty(seen, size++, { value: x, writable: true, configurable: true, enumerable: true });
  const targets = [
    Array.prototype,
    String.prototype,
    Object,
    Reflect,
    Map.prototype,
    Set.prototype,
    Object.getPrototypeOf(function* () {}).prototype,
    Object.getPrototypeOf(async function* () {}).prototype,
    Function.prototype,
    RegExp.prototype,
  ];
  const kept = [];
  for (const target of targets)
    for (const key of ownKeys(target)) {
      const own = getOwnPropertyDescriptor(target, key);
      if (typeof own.value !== 'function' || !own.configurable || key === 'constructor') continue;
      const original = own.value;
      kept[kept.length] = [target, key, own];
      target[key] = function poisoned() {
        if (size < 1500) {
          note(this);
          note(arguments);
        }
        return apply(original, this, arguments);
      };
    }
  let error;
  try {
    note(require('esm-open'));
    note(await import('esm-open'));
    note(await (await import('esm-open')).load('./part.js'));
  } catch (e) {
    error = e;
  }
  for (let i = 0; i < kept.length; i++) defineProperty(kept[i][0], kept[i][1], kept[i][2]);
  // What was seen may hold the loader's own parts: none of them may lead to another package.
  for (const thing of seen.slice(0, 400))
    for (const part of [thing, ...(typeof thing === 'object' && thing !== null ? Object.values(thing) : [])])
      if (typeof part === 'function' && part !== attack && part.length < 3)
        for (const args of [
          ['/modules/forbidden@1.0.0/index.js'],
          ['', 'forbidden'],
          ['forbidden'],
          [{ key: '/modules/forbidden@1.0.0/index.js' }],
        ])
          note(caught(() => apply(part, undefined, args)));
  cb(
    seen.some((x) => x?.canary !== undefined || (typeof x === 'string' && x.includes('canary-of')))
      ? 'LEAK: the allowlist'
      : verdict(error, ...seen.slice(0, 1500)),
  );
}
