/* oxlint-disable no-unused-vars, typescript/unbound-method, unicorn/consistent-function-scoping -- the attack that follows uses it */
// Stands between foreign-objects.js and the attack: `verdict(...loot)` is "safe" when nothing of the loot
// leads to another realm or to the host's process.
const verdict = (() => {
  const { apply } = Reflect;
  const { slice } = String.prototype;
  const escape = (thing) => {
    try {
      return typeof thing.constructor.constructor('return process')().pid;
    } catch {
      return '';
    }
  };
  return (...loot) => {
    for (let i = 0; i < loot.length; i++) {
      const got = escape(loot[i]);
      if (got === 'number') return 'LEAK: the process';
    }
    const found = foreign(loot);
    return found === '' ? 'safe' : `LEAK: ${apply(slice, found, [0, 500])}`;
  };
})();
