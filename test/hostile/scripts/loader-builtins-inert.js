// family: module loader
// source: n8n class: the same through a package are shapes without power
// expect: value "safe"
// process: value "safe" or error 1201 or error 1000
function attack(cb) {
  const get = require('good').require;
  const loot = [];
  for (const id of [
    'fs',
    'child_process',
    'vm',
    'worker_threads',
    'net',
    'http',
    'module',
    'inspector',
    'v8',
    'process',
    'cluster',
    'dns',
    'tls',
    'crypto',
    'zlib',
  ]) {
    const m = caught(() => get(id));
    loot.push(m);
    for (const key of Object.keys(m).slice(0, 80))
      if (typeof m[key] === 'function')
        loot.push(
          caught(() => m[key]('x', () => {})),
          caught(() => new m[key]('x')),
        );
  }
  cb(verdict(...loot));
}
