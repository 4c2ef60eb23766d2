import type { HostFacts } from '../../boundary/loader-protocol.js';
import { accessDenied } from '../../boundary/coded-errors.js';

const { platform, arch, endianness } = JSON.parse(environment.ask('facts')) as HostFacts;
const { constants } = JSON.parse(environment.ask('shape', 'os')) as { constants: { value: unknown } };
const TYPES: Readonly<Record<string, string>> = { darwin: 'Darwin', win32: 'Windows_NT', linux: 'Linux' };

/** The facts about the machine that a package may know; its names, users, network and load are hidden. */
export default {
  EOL: platform === 'win32' ? '\r\n' : '\n',
  devNull: platform === 'win32' ? '\\\\.\\nul' : '/dev/null',
  constants: constants.value,
  arch: () => arch,
  machine: () => (arch === 'x64' ? 'x86_64' : arch),
  platform: () => platform,
  type: () => TYPES[platform] ?? platform,
  release: () => '0.0.0',
  version: () => '',
  endianness: () => endianness,
  tmpdir: () => '/tmp',
  homedir: () => '/',
  hostname: () => 'localhost',
  cpus: () => [],
  availableParallelism: () => 1,
  loadavg: () => [0, 0, 0],
  totalmem: () => 0,
  freemem: () => 0,
  uptime: () => 0,
  networkInterfaces: () => ({}),
  userInfo: () => {
    throw accessDenied('os.userInfo');
  },
};
