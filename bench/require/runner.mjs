// The first `require` of a runner process, without a pipe: its modules and a context, in a process with its flags.
// Arguments: a package, a JSON file with the packages, the folder of code packs or ''.
import { readFileSync, writeSync } from 'node:fs';
import { ModuleHost, NO_CODE, PackedCode } from '../../dist/sandbox/runner/modules/index.js';
import { VmContext } from '../../dist/sandbox/runner/script/vm-context.js';

const [, , name, packages, folder] = process.argv;
const host = new ModuleHost(
  JSON.parse(readFileSync(packages, 'utf8')),
  folder === '' ? NO_CODE : new PackedCode(folder),
);
const LOAD = `(name) => { try { require(name); return ''; } catch (error) { return String(error.stack); } }`;

function required() {
  const context = new VmContext(host, false);
  context.open({ returned() {}, loading() {}, threw() {}, console() {} }, ['*']);
  const load = context.evaluate(LOAD, 'bench.js')();
  const before = process.cpuUsage();
  const problem = load(name);
  const { user, system } = process.cpuUsage(before);
  context.close();
  if (problem !== '') throw new Error(problem);
  return (user + system) / 1000;
}

const times = [required(), required(), required()];
writeSync(1, JSON.stringify({ first: times[0], next: Math.min(...times.slice(1)) }));
// As a runner is ended: Node has been seen to hang while it takes itself down on a busy machine.
process.kill(process.pid, 'SIGKILL');
