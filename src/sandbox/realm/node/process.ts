import type { HostFacts } from '../../boundary/loader-protocol.js';
import { accessDenied } from '../../boundary/coded-errors.js';
import { part } from '../kit/parts.js';

const EventEmitter = part('events');
const { version, versions, platform, arch } = JSON.parse(environment.ask('facts')) as HostFacts;
const started = clock();

function clock(): number {
  return environment.now();
}

function forbidden(name: string) {
  return function (): never {
    throw accessDenied(`process.${name}`);
  };
}

/** A stream to the context's console; an incomplete line waits for its end. */
function output(fd: number) {
  let begun = '';
  return Object.assign(new EventEmitter(), {
    fd,
    isTTY: false,
    writable: true,
    write(chunk: unknown) {
      const lines = (begun + String(chunk)).split('\n');
      begun = lines.pop() ?? '';
      for (const line of lines) environment.write(line);
      return true;
    },
    end(chunk?: unknown) {
      if (chunk !== undefined) this.write(`${String(chunk)}\n`);
    },
  });
}

function hrtime(since?: readonly [number, number]): [number, number] {
  const now = clock();
  const seconds = Math.floor(now / 1000);
  const nanoseconds = Math.round((now % 1000) * 1e6);
  if (since === undefined) return [seconds, nanoseconds];
  const difference = nanoseconds - since[1];
  return difference < 0 ? [seconds - since[0] - 1, difference + 1e9] : [seconds - since[0], difference];
}

/** The `process` of packages: facts about the Node version, and no function with an effect. */
const process = Object.assign(new EventEmitter(), {
  title: 'node',
  version,
  versions,
  platform,
  arch,
  release: { name: 'node' },
  env: {},
  argv: ['node'],
  argv0: 'node',
  execArgv: [],
  execPath: 'node',
  pid: 1,
  ppid: 0,
  exitCode: undefined,
  features: {},
  config: { target_defaults: {}, variables: {} },
  stdout: output(1),
  stderr: output(2),
  stdin: Object.assign(new EventEmitter(), { fd: 0, isTTY: false }),
  cwd: () => '/',
  umask: () => 0o22,
  uptime: () => (clock() - started) / 1000,
  hrtime: Object.assign(hrtime, { bigint: () => BigInt(Math.round(clock() * 1e6)) }),
  memoryUsage: Object.assign(() => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }), {
    rss: () => 0,
  }),
  cpuUsage: () => ({ user: 0, system: 0 }),
  nextTick: environment.nextTick,
  emitWarning: () => undefined,
  exit: forbidden('exit'),
  reallyExit: forbidden('reallyExit'),
  abort: forbidden('abort'),
  kill: forbidden('kill'),
  chdir: forbidden('chdir'),
  binding: forbidden('binding'),
  dlopen: forbidden('dlopen'),
  [Symbol.toStringTag]: 'process',
});

export default process;
