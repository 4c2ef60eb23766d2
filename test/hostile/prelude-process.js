/* oxlint-disable no-unused-vars, typescript/unbound-method, unicorn/consistent-function-scoping -- the attack that follows uses it */
// The same at level `process`, where the script has Node's own `process`: `verdict()` is "safe" when that leads to no
// file, program, signal, environment or builtin that the script may not have.
const verdict = (() => {
  const { getBuiltinModule, kill, binding, _linkedBinding, dlopen, ppid } = process;
  const read = require;
  const powers = {
    environment: () => Object.keys(process.env).length > 0,
    signals: () => kill(ppid, 0),
    bindings: () => binding('fs') ?? _linkedBinding('fs'),
    addons: () => dlopen({ exports: {} }, '/usr/lib/x.node') ?? true,
    builtins: () => getBuiltinModule('fs') ?? getBuiltinModule('node:child_process'),
    modules: () => read('fs') ?? read('child_process'),
  };
  return () => {
    for (const name of ['environment', 'signals', 'bindings', 'addons', 'builtins', 'modules']) {
      try {
        const got = powers[name]();
        if (got !== undefined && got !== false) return `LEAK: ${name}`;
      } catch {}
    }
    return 'safe';
  };
})();
