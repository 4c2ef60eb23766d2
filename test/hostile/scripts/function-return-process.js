// family: Function and eval
// source: n8n CVE-2026-1470 class: code from text
// expect: value "safe"
// process: value "LEAK: process"
function attack(cb) {
  const loot = [];
  for (const text of [
    'return process',
    'return this',
    'return globalThis',
    'return global',
    'return module',
    'return arguments.callee.caller',
    'return require',
    'return __dirname',
  ])
    loot.push(
      caught(() => new Function(text)()),
      caught(() => (0, eval)(`(function () { ${text} })()`)),
    );
  cb(loot.some((x) => x?.pid !== undefined) ? 'LEAK: process' : verdict(...loot));
}
