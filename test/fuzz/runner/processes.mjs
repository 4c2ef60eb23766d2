// Target 3, for real: the service with runner processes that are the attacker's own.
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { GROUP } from './hostile-frames.mjs';

const HOSTILE = fileURLToPath(new URL('hostile-runner.mjs', import.meta.url));
const PATIENCE_MS = 30_000;
/** A reply has at most the result of its tenant, or the texts of an error, each of them cut, beside the console. */
const MOST_REPLY_CHARACTERS = 1_500_000;

/** A `node` for SANDBOX_NODE that starts the hostile program in place of the runner's. */
export function hostileNode() {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-node-'));
  const path = join(folder, 'node');
  chmodSync(folder, 0o755);
  const node = JSON.stringify(process.execPath);
  writeFileSync(
    path,
    `#!/bin/sh\ncase "$*" in\n*runner/context/main.cjs*) exec ${node} ${JSON.stringify(HOSTILE)} ;;\n*) exec ${node} "$@" ;;\nesac\n`,
  );
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}

export const processes = {
  group: GROUP,

  /** @returns what is wrong, or undefined */
  async run(service, seed, at) {
    const socket = new WebSocket(service.url, { headers: service.headers, perMessageDeflate: false });
    socket.on('error', () => undefined);
    await once(socket, 'open');
    socket.send('SIMPLEX/1.0;json');
    const payload = {
      code: JSON.stringify({ seed, at }),
      call: 'f',
      options: { stream: true, functions: ['g'] },
    };
    const finals = [];
    let wake;
    socket.on('message', (data) => {
      const text = textOf(data);
      if (text === '+OK') return;
      const { type, more, id } = JSON.parse(text);
      if (type === 'rep' && more !== true && id === 1) finals.push(text);
      wake?.();
    });
    socket.send(JSON.stringify({ type: 'req', method: 'runtime.execute', id: 1, payload }));
    const deadline = performance.now() + PATIENCE_MS;
    while (finals.length === 0 && socket.readyState === WebSocket.OPEN && performance.now() < deadline) {
      await Promise.race([new Promise((resolve) => (wake = resolve)), delay(500)]);
    }
    const wasOpen = socket.readyState === WebSocket.OPEN;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.close(1000);
    if (wasOpen) await Promise.race([closed, delay(5000)]);
    if (!wasOpen) return 'the service closed the connection';
    if (finals.length !== 1) return `${finals.length} final replies`;
    if (finals[0].length > MOST_REPLY_CHARACTERS) return `a reply of ${finals[0].length} characters`;
    return JSON.parse(finals[0]).error?.code === 1203 ? `1203: ${finals[0].slice(0, 200)}` : undefined;
  },
};

function textOf(data) {
  return data.toString();
}

function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
