/* oxlint-disable no-unused-vars, typescript/unbound-method -- the attack that follows uses it; methods are kept apart */
// Runs inside a context, before the attack: `foreign(root)` lists the paths under which an object of another
// realm is reachable from `root`. It keeps its own copies of everything that an attack may have changed.
const foreign = (() => {
  const { getPrototypeOf, getOwnPropertyDescriptors, prototype, hasOwn } = Object;
  const { ownKeys, apply } = Reflect;
  const WeakSetHere = WeakSet;
  const { add, has } = WeakSet.prototype;
  const { push } = Array.prototype;
  const text = String;

  function isForeign(value) {
    let top = value;
    for (let next; (next = getPrototypeOf(top)) !== null;) top = next;
    if (top !== prototype && hasOwn(top, 'hasOwnProperty')) return true;
    try {
      return value.constructor.constructor('return typeof process')() === 'object';
    } catch {
      return false;
    }
  }

  return (root) => {
    const seen = new WeakSetHere();
    const found = [];
    const queue = [{ value: root, path: 'root' }];
    for (let at = 0; at < queue.length && at < 40_000; at++) {
      const { value, path } = queue[at];
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
      if (apply(has, seen, [value])) continue;
      apply(add, seen, [value]);
      try {
        if (isForeign(value)) apply(push, found, [path]);
        apply(push, queue, [{ value: getPrototypeOf(value), path: path + '.__proto__' }]);
        const descriptors = getOwnPropertyDescriptors(value);
        const keys = ownKeys(descriptors);
        for (let index = 0; index < keys.length; index++) {
          const { value: inner, get, set } = descriptors[keys[index]];
          const below = path + '.' + text(keys[index]);
          apply(push, queue, [{ value: inner, path: below }]);
          apply(push, queue, [{ value: get, path: below + ' (get)' }]);
          apply(push, queue, [{ value: set, path: below + ' (set)' }]);
        }
      } catch {
        // A proxy or a revoked thing: nothing to read on.
      }
    }
    let list = '';
    for (let index = 0; index < found.length; index++) list += found[index] + '\n';
    return list;
  };
})();
