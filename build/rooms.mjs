/**
 * The rooms of `src`: what each folder holds, in which process its code runs, and which other rooms it may import. The
 * architecture test holds `src` to these rows, and ARCHITECTURE.md shows them (`node build/rooms-table.mjs`).
 *
 * A file belongs to the room with the longest matching path; files directly in `src` belong to the room ''.
 *
 * @typedef {object} Room
 * @property {string} path below `src`
 * @property {'gateway' | 'runner process' | 'script context' | 'all three' | 'client application'} runsIn
 * @property {string} holds
 * @property {readonly string[] | 'every room'} imports
 */

/** @type {readonly Room[]} */
export const ROOMS = [
  {
    path: '',
    runsIn: 'gateway',
    holds: 'composition: the binary, the application module, what other Nest applications import',
    imports: 'every room',
  },
  {
    path: 'cli/commands',
    runsIn: 'gateway',
    holds: 'the commands of the binary: `serve`, `exec`, `doctor`, `modules`, `warm`',
    imports: 'every room',
  },
  {
    path: 'cli',
    runsIn: 'gateway',
    holds: 'flags, `--help`, signals, exit codes',
    imports: ['config'],
  },
  {
    path: 'config',
    runsIn: 'gateway',
    holds: 'the table of settings; the only reader of `process.env` in the gateway',
    imports: ['egress-policy'],
  },
  {
    path: 'json-text',
    runsIn: 'gateway',
    holds: 'JSON as the bytes that came: the scanner, its turns, `JsonText`',
    imports: [],
  },
  {
    path: 'memory-budget',
    runsIn: 'gateway',
    holds: 'the bytes that each tenant may keep in the gateway',
    imports: [],
  },
  {
    path: 'protocol',
    runsIn: 'gateway',
    holds: 'the wire to clients: handshake, messages, channels, peers, flow control, the Nest adapter',
    imports: ['json-text', 'memory-budget'],
  },
  {
    path: 'auth',
    runsIn: 'gateway',
    holds: 'authentication: secrets, tenants, origins, the guard',
    imports: [],
  },
  {
    path: 'http',
    runsIn: 'gateway',
    holds: 'the HTTP transport: `/v1/execute`, `/v1/prepare`, `/openapi.json`, and its server',
    imports: ['auth', 'json-text', 'memory-budget', 'protocol', 'runtime'],
  },
  {
    path: 'runtime',
    runsIn: 'gateway',
    holds: 'the use case: a payload becomes a script, an outcome becomes a result or an error',
    imports: ['auth', 'json-text', 'memory-budget', 'protocol', 'sandbox'],
  },
  {
    path: 'tenants',
    runsIn: 'gateway',
    holds: 'the tenants file: reads it, watches it, gives secrets and policies',
    imports: ['auth', 'config', 'egress-policy', 'runtime'],
  },
  {
    path: 'egress-policy',
    runsIn: 'gateway',
    holds: 'lists of hosts, address ranges and headers: parsed and matched, nothing else',
    imports: [],
  },
  {
    path: 'egress',
    runsIn: 'gateway',
    holds: 'sends the requests of scripts, to checked addresses, within limits',
    imports: ['egress-policy', 'sandbox'],
  },
  {
    path: 'observability',
    runsIn: 'gateway',
    holds: 'health, log, metrics, traces',
    imports: ['auth', 'egress', 'protocol', 'runtime', 'sandbox'],
  },
  {
    path: 'sandbox',
    runsIn: 'gateway',
    holds: 'the port `SandboxService`, the allowlist, the Nest module',
    imports: [
      'config',
      'json-text',
      'sandbox/boundary',
      'sandbox/code-cache',
      'sandbox/guarantees',
      'sandbox/packages',
      'sandbox/pool',
    ],
  },
  {
    path: 'sandbox/pool',
    runsIn: 'gateway',
    holds: 'runner processes: launch, admission, lease, pipe, deadline, replacement',
    imports: ['json-text', 'sandbox', 'sandbox/boundary', 'sandbox/pool/hardening'],
  },
  {
    path: 'sandbox/pool/hardening',
    runsIn: 'gateway',
    holds: 'the OS layers around a runner process',
    imports: ['sandbox'],
  },
  {
    path: 'sandbox/guarantees',
    runsIn: 'gateway',
    holds: 'tries at start what a runner process cannot do, and reports it',
    imports: ['sandbox', 'sandbox/boundary', 'sandbox/packages', 'sandbox/pool', 'sandbox/pool/hardening'],
  },
  {
    path: 'sandbox/packages',
    runsIn: 'gateway',
    holds: 'which npm packages are installed, and whether they load',
    imports: ['sandbox', 'sandbox/boundary'],
  },
  {
    path: 'sandbox/code-cache',
    runsIn: 'gateway',
    holds: 'the folder of compiled code of the packages, and the processes that make it',
    imports: ['sandbox', 'sandbox/boundary', 'sandbox/guarantees', 'sandbox/packages', 'sandbox/pool'],
  },
  {
    path: 'sandbox/boundary',
    runsIn: 'all three',
    holds: 'what crosses the pipe and the edge of a context: frames, messages, limits, lists, types',
    imports: [],
  },
  {
    path: 'sandbox/runner',
    runsIn: 'runner process',
    holds: '**the only code in the hostile process**: loop, scripts, modules, native calls, level `process`',
    imports: ['sandbox/boundary', 'sandbox/runner/syntax'],
  },
  {
    path: 'sandbox/runner/syntax',
    runsIn: 'runner process',
    holds: 'rewrites modules and TypeScript as classic scripts; bundled, without Node',
    imports: ['sandbox/boundary'],
  },
  {
    path: 'sandbox/realm',
    runsIn: 'script context',
    holds: 'the code inside the context of a script, bundled to classic scripts, without Node',
    imports: ['sandbox/boundary'],
  },
  {
    path: 'client',
    runsIn: 'client application',
    holds: 'the client for applications and web pages: connection, queue, executions, error classes',
    imports: [],
  },
];

/** The room of a file or folder. @param {string} path below `src` */
export function roomOf(path) {
  return ROOMS.filter((room) => room.path === '' || path.startsWith(`${room.path}/`)).reduce((a, b) =>
    b.path.length > a.path.length ? b : a,
  );
}
