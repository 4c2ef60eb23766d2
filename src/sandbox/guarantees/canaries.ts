import { randomUUID } from 'node:crypto';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type ListenOptions, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Targets } from '../boundary/probe-report.js';

/** Where nothing can be written, the canary is a file of ours that is no runner's. */
const OWN_FILE = fileURLToPath(new URL('./guarantee.js', import.meta.url));
/** What was sent on this machine has arrived by then. */
const ARRIVAL_MS = 20;

/** Things that a probe is to find and must not: files that anybody may use, and listeners of the gateway's own. */
export class Canaries {
  readonly #reached = new Set<string>();
  readonly #servers: Server[] = [];
  #udp: UdpSocket | undefined;
  #folder: string | undefined;
  #content = '';
  #targets: Omit<Targets, 'pids' | 'needed'> | undefined;

  async set(): Promise<Omit<Targets, 'pids' | 'needed'>> {
    const folder = (this.#folder = await openFolder());
    const file = folder === undefined ? OWN_FILE : join(folder, 'canary');
    if (folder !== undefined) await writeFile(file, randomUUID(), { mode: 0o644 });
    this.#content = await readFile(file, 'utf8');
    const sockets = socketNames(folder);
    const [tcp, udp] = await Promise.all([
      this.#listen('tcp', { port: 0, host: '127.0.0.1' }),
      this.#receive(),
      ...sockets.map(([name, path]) => this.#listen(name, { path, writableAll: name === 'unix' })),
    ]);
    this.#targets = {
      file,
      folder: folder && join(folder, 'open'),
      tcpPort: (tcp.address() as { port: number }).port,
      udpPort: udp.address().port,
      socketPaths: sockets.map(([, path]) => path),
    };
    return this.#targets;
  }

  /** What was reached: `read`, `written`, and the listeners. */
  async reached(read: string | undefined): Promise<ReadonlySet<string>> {
    await new Promise((resolve) => setTimeout(resolve, ARRIVAL_MS));
    if (read !== undefined && read === this.#content) this.#reached.add('read');
    const folder = this.#targets?.folder;
    if (folder !== undefined && (await isChanged(folder))) this.#reached.add('written');
    return this.#reached;
  }

  async clear(): Promise<void> {
    for (const server of this.#servers) server.close();
    this.#udp?.close();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }

  async #listen(name: string, where: ListenOptions): Promise<Server> {
    const server = createServer((socket) => {
      this.#reached.add(name);
      socket.on('error', () => undefined).destroy();
    });
    this.#servers.push(server);
    server.listen(where);
    await once(server, 'listening');
    return server;
  }

  async #receive(): Promise<UdpSocket> {
    const socket = (this.#udp = createSocket('udp4'));
    socket.on('message', () => this.#reached.add('udp'));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return socket;
  }
}

/** A folder that everybody may enter, with one in it that everybody may write to; undefined where there can be none. */
async function openFolder(): Promise<string | undefined> {
  for (const parent of [tmpdir(), '/dev/shm']) {
    try {
      const folder = await mkdtemp(join(parent, 'javascriptd-probe-'));
      await chmod(folder, 0o755);
      await mkdir(join(folder, 'open'));
      await chmod(join(folder, 'open'), 0o777);
      await writeFile(join(folder, 'open', 'existing'), 'as it was');
      await chmod(join(folder, 'open', 'existing'), 0o666);
      return folder;
    } catch {
      // Not here: a read-only or a missing folder.
    }
  }
  return undefined;
}

async function isChanged(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  return names.length !== 1 || (await readFile(join(folder, 'existing'), 'utf8')) !== 'as it was';
}

function socketNames(folder: string | undefined): readonly (readonly [name: string, path: string])[] {
  const sockets: [string, string][] = folder === undefined ? [] : [['unix', join(folder, 'socket')]];
  // Linux has sockets whose names are in no folder, too. Older Nodes fill their names up with zeros, which newer
  // ones do not: this one is as long as can be.
  if (process.platform === 'linux')
    sockets.push(['abstract', `\0javascriptd-${randomUUID()}`.padEnd(108, 'x')]);
  return sockets;
}
