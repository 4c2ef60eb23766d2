// `npm run start:dev`: compiles `src` after each change and starts the service again. Contexts and declarations are those of the last build.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile, DIST } from './compile.mjs';

const SETTLE_MS = 150;

const start = () =>
  spawn(process.execPath, [fileURLToPath(new URL('main.js', DIST)), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });

let service = start();
let timer;
for await (const _ of watch(new URL('../src/', import.meta.url), { recursive: true })) {
  clearTimeout(timer);
  timer = setTimeout(() => void restart(), SETTLE_MS);
}

async function restart() {
  try {
    await compile();
  } catch (error) {
    return console.error(error.message);
  }
  if (service.exitCode === null && service.signalCode === null) {
    service.kill('SIGTERM');
    await once(service, 'exit');
  }
  service = start();
}
