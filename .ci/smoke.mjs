// node .ci/smoke.mjs [COMMAND...]: starts the service as README does (`npm start`) or with the command, on a free port, runs one
// script through a real client, and stops it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const [command, ...args] = process.argv.length > 2 ? process.argv.slice(2) : ['npm', 'start'];
const service = spawn(command, args, {
  env: { ...process.env, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
});
/** To npm, its shell and the service at once, as a terminal sends Ctrl-C. */
const signal = (name) => process.kill(-service.pid, name);
process.once('exit', (code) => {
  if (code !== 0 && service.exitCode === null) signal('SIGKILL');
});
setTimeout(() => {
  throw new Error('no answer within a minute');
}, 60_000).unref();

const url = await new Promise((resolve, reject) => {
  service.once('exit', (code) => reject(new Error(`${command} ended with ${code}`)));
  createInterface(service.stdout).on('line', (line) => {
    console.log(line);
    const [, found] = /listening on (ws:[^\s"]+)/.exec(line) ?? [];
    if (found !== undefined) resolve(found);
  });
});

const socket = new WebSocket(url);
await once(socket, 'open');
socket.send('SIMPLEX/1.0;json');
assert.equal(String((await once(socket, 'message'))[0]), '+OK');
const payload = {
  code: 'function add(cb) { console.log("adding %d", a); cb(a + b); }',
  globals: { a: 1, b: 2 },
  call: 'add',
};
socket.send(JSON.stringify({ type: 'req', id: 1, method: 'runtime.execute', payload }));
const reply = JSON.parse(String((await once(socket, 'message'))[0]));
console.log(JSON.stringify(reply));
assert.equal(reply.payload.value, 3);
assert.deepEqual(reply.payload.console, ['adding 1']);

service.removeAllListeners('exit');
signal('SIGINT');
const [code] = await once(socket, 'close');
assert.equal(code, 1001);
await once(service, 'exit');
