// family: module loader
// source: n8n class: builtins that are powers
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const id of [
    'fs',
    'node:fs',
    'child_process',
    'vm',
    'worker_threads',
    'net',
    'module',
    'inspector',
    'v8',
    'process',
    'cluster',
    'node:sqlite',
    'node:test',
    'node:sea',
    'wasi',
    'repl',
    'fs/promises',
    'internal/bootstrap/realm',
    'sys',
    'async_hooks',
    'node:ffi',
  ])
    if (!(caught(() => require(id)) instanceof Error)) loot.push(id);
  cb(loot.length === 0 ? 'safe' : `LEAK: ${loot}`);
}
