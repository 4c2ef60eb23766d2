/**
 * Test only: a runner whose script is not in a context, but has the host's `process` and `require`. It stands for
 * the day that a context has fallen. Started as `pool/launch.ts` starts a runner, with this file in its place.
 */
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { Socket } from 'node:net';
import { listenOnSocket } from '../../dist/sandbox/runner/loop/listen.js';
import { Pipe } from '../../dist/sandbox/runner/loop/pipe.js';
import { ATTACKS } from './attacks.mjs';

const RETURNED = 5;
const READY = 1;
const ATTACK_MS = 1000;

const PRELUDE = `(async (process, require, targets) => {
  const other = (pid) => pid !== process.pid;
  const dial = (where) => new Promise((done) => require("net").connect(where).on("error", done).on("connect", done));
  return (`;

const pipe = new Pipe();
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
listenOnSocket(({ text }) => void attack(JSON.parse(text)), Socket);
pipe.send(READY, '');

async function attack(targets) {
  const require = createRequire(import.meta.url);
  const got = {};
  for (const { name, code } of ATTACKS) {
    try {
      const run = new Script(`${PRELUDE}${code})})`).runInThisContext();
      const patience = new Promise((resolve) => setTimeout(resolve, ATTACK_MS, 'no answer'));
      got[name] = await Promise.race([run(process, require, targets), patience]);
    } catch (error) {
      got[name] = String(error?.code ?? error);
    }
    if (typeof got[name] === 'object') got[name] = String(got[name]?.code ?? 'an object');
  }
  pipe.send(RETURNED, JSON.stringify(got));
}
