/**
 * Counts the doors of one `runtime.execute`: the files of ours of which a function is entered between the request's frame and
 * the reply's, in the gateway and in the runner process, which creates its next context after that. Bundles count once, by the
 * name of their script: `javascriptd:boot` is the realm. Prints a JSON list, one path below `dist` for each file.
 *
 * Usage: node doors.mjs [root of a built repository]
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { WebSocket } from 'ws';

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url)));
const dist = pathToFileURL(`${root}/dist/`).href;
const folder = mkdtempSync(join(tmpdir(), 'javascriptd-doors-'));
const preload = `${new URL('./entered-files.mjs', import.meta.url).href}?folder=${folder}`;
/** What is entered in each of several calls: what a timer of the service does meanwhile is no part of a call. */
const ROUNDS = 4;
const REST_MS = 100;
const PATIENCE_MS = 25_000;

/** The runner's program, below its folder. */
const BUNDLE = 'context/main.cjs';

/**
 * Starts runners with coverage, and without Node's permission model, which forbids the inspector; as the files that their
 * bundle is made of, which coverage tells apart.
 */
const node = join(folder, 'node');
writeFileSync(
  node,
  `#!/bin/sh
for arg do
  shift
  case "$arg" in
    --permission | --experimental-permission | --allow-*) ;;
    *"/runner/${BUNDLE}") set -- "$@" "\${arg%${BUNDLE}}main.js" ;;
    *) set -- "$@" "$arg" ;;
  esac
done
exec '${process.execPath}' --import '${preload}' "$@"
`,
  { mode: 0o755 },
);

const service = spawn(process.execPath, ['--import', preload, `${root}/dist/main.js`, '--port', '0'], {
  env: {
    PATH: process.env.PATH,
    MAX_CONCURRENCY: '2',
    SANDBOX_MIN_RUNNERS: '1',
    SANDBOX_NODE: node,
    SANDBOX_TOOLS: '/nowhere',
  },
  stdio: ['ignore', 'pipe', 'pipe'],
});
try {
  console.log(JSON.stringify(await doors()));
} finally {
  service.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

async function doors() {
  const socket = new WebSocket(await listening());
  const frames = [];
  socket.on('message', (data) => frames.push(String(Buffer.from(data))));
  await until(() => socket.readyState === WebSocket.OPEN, 'a connection');
  socket.send('SIMPLEX/1.0;json');
  const call = async (id) => {
    const code = 'function add(cb) { cb(a + b); }';
    const payload = { code, globals: { a: 1, b: id }, call: 'add' };
    frames.length = 0;
    socket.send(JSON.stringify({ type: 'req', method: 'runtime.execute', id, payload }));
    await until(() => frames.some((frame) => frame.includes(`"value":${1 + id}`)), `a reply to ${id}`);
    await sleep(REST_MS);
  };
  for (let id = 1; id <= 10; id++) await call(id);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    await entered();
    await call(11 + round);
    rounds.push(await entered());
  }
  const [first, ...others] = rounds;
  return [...first]
    .filter((name) => others.every((names) => names.has(name)))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/** The files entered since the last time, in all processes. */
async function entered() {
  const pids = [service.pid, ...childrenOf(service.pid)];
  const names = new Set();
  for (const pid of pids) {
    const path = `${folder}/${pid}.json`;
    process.kill(pid, 'SIGUSR2');
    await until(() => existsSync(path), `coverage of ${pid}`);
    for (const url of JSON.parse(readFileSync(path, 'utf8'))) {
      if (url.startsWith(dist)) names.add(url.slice(dist.length));
      else if (url.startsWith('javascriptd:') && url !== 'javascriptd:call') names.add(url);
    }
    rmSync(path);
  }
  return names;
}

async function listening() {
  let output = '';
  service.stdout.on('data', (text) => (output += text));
  service.stderr.on('data', (text) => (output += text));
  const url = () => /listening on (ws:\/\/[^\s"]+)/.exec(output)?.[1];
  try {
    await until(() => url() !== undefined, 'a service that listens');
  } catch (error) {
    throw new Error(`the service: ${output}`, { cause: error });
  }
  return url();
}

function childrenOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

async function until(condition, what) {
  for (const end = Date.now() + PATIENCE_MS; !condition(); await sleep(5))
    if (Date.now() > end) throw new Error(`no ${what} in ${PATIENCE_MS} ms`);
}
