// The first `require` of a process of plain Node. Arguments: a package, a file beside its node_modules.
const { createRequire, flushCompileCache } = require('node:module');
const [, , name, beside] = process.argv;
const load = createRequire(beside);
const before = process.cpuUsage();
load(name);
const { user, system } = process.cpuUsage(before);
require('node:fs').writeSync(1, JSON.stringify({ first: (user + system) / 1000 }));
flushCompileCache?.();
process.kill(process.pid, 'SIGKILL');
