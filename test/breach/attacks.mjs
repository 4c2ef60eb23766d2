/**
 * What a script tries that has broken out of its context and holds the host's `process` and `require`. Each is the
 * text of an async function of `(process, require, targets)`; what it returns is what it got. Where `seen` names a
 * listener or a file, the gateway's side judges, and not the attacker.
 */
export const ATTACKS = [
  // Files: the service's secret, another tenant's package, what everybody may read or write.
  {
    breaks: 'files',
    name: 'read a public file',
    code: 'require("fs").readFileSync(targets.publicFile, "utf8").includes(targets.mark)',
  },
  {
    breaks: 'files',
    name: 'read the secret file',
    code: 'require("fs").readFileSync(targets.secretFile, "utf8").includes(targets.mark)',
  },
  {
    breaks: 'files',
    name: "read another tenant's package",
    code: 'require("fs").readFileSync(targets.otherPackage, "utf8").includes(targets.mark)',
  },
  { breaks: 'files', name: 'load code from outside', code: 'require(targets.otherPackage) === targets.mark' },
  { breaks: 'files', name: 'list a folder', code: 'require("fs").readdirSync(targets.folder).length > 0' },
  {
    breaks: 'files',
    name: 'write a file',
    code: 'require("fs").writeFileSync(targets.folder + "/written", "x") === undefined',
  },
  {
    breaks: 'files',
    name: 'make a folder',
    code: 'require("fs").mkdirSync(targets.folder + "/made") === undefined',
  },
  {
    breaks: 'files',
    name: 'overwrite a file',
    code: 'require("fs").writeFileSync(targets.openFile, "") === undefined',
  },
  {
    breaks: 'files',
    name: 'delete a file',
    code: 'require("fs").unlinkSync(targets.deletable) === undefined',
  },
  {
    breaks: 'files',
    name: 'link to a file',
    code: 'require("fs").symlinkSync("/etc/passwd", targets.folder + "/link") === undefined',
  },
  {
    breaks: 'files',
    name: 'write with node:sqlite',
    code: '(() => { const { DatabaseSync } = require("node:sqlite"); new DatabaseSync(targets.folder + "/db").exec("create table a (b)"); return true })()',
  },
  // Network: the listeners tell.
  { breaks: 'network', name: 'TCP', seen: 'tcp', code: 'dial({ port: targets.tcp, host: "127.0.0.1" })' },
  {
    breaks: 'network',
    name: 'TCP over IPv6',
    seen: 'tcp6',
    code: 'dial({ port: targets.tcp6, host: "::1" })',
  },
  { breaks: 'network', name: 'fetch', seen: 'http', code: 'fetch("http://127.0.0.1:" + targets.http)' },
  {
    breaks: 'network',
    name: 'UDP',
    seen: 'udp',
    code: 'new Promise((done) => require("dgram").createSocket("udp4").on("error", done).send("x", targets.udp, "127.0.0.1", done))',
  },
  {
    breaks: 'network',
    name: 'DNS',
    seen: 'dns',
    code: '(() => { const { Resolver } = require("dns").promises; const resolver = new Resolver({ timeout: 100, tries: 1 }); resolver.setServers(["127.0.0.1:" + targets.dns]); return resolver.resolve4("secret.example") })()',
  },
  { breaks: 'network', name: 'Unix socket', seen: 'unix', code: 'dial({ path: targets.unix })' },
  { breaks: 'network', name: 'abstract socket', seen: 'abstract', code: 'dial({ path: targets.abstract })' },
  // Processes.
  {
    breaks: 'processes',
    name: 'run a shell',
    code: 'require("child_process").spawnSync("/bin/sh", ["-c", "exit 7"]).status === 7',
  },
  {
    breaks: 'processes',
    name: 'run Node',
    code: 'require("child_process").spawnSync(process.execPath, ["--version"]).status === 0',
  },
  {
    breaks: 'processes',
    name: 'fork',
    code: 'new Promise((done) => { const child = require("child_process").fork(targets.fork); child.on("error", () => done(false)); child.on("exit", (code) => done(code === 7)) })',
  },
  // Signals. Signal 0 asks the same question of the kernel as SIGKILL does.
  {
    breaks: 'signals',
    name: 'signal the service',
    code: 'other(targets.gateway) && process.kill(targets.gateway, 0)',
  },
  {
    breaks: 'signals',
    name: 'signal another runner',
    code: 'other(targets.runner) && process.kill(targets.runner, 0)',
  },
  {
    breaks: 'signals',
    name: 'open an inspector in another runner',
    code: 'other(targets.runner) && (process._debugProcess(targets.runner), true)',
  },
  // Secrets: environment and memory, of the service and of other runners. The kernel asks for them what it asks for ptrace.
  ...['gateway', 'runner'].flatMap((whose) => [
    {
      breaks: 'secrets',
      name: `environment of the ${whose}`,
      code: `other(targets.${whose}) && require("fs").readFileSync("/proc/" + targets.${whose} + "/environ", "latin1") !== undefined`,
    },
    {
      breaks: 'secrets',
      name: `memory of the ${whose}`,
      code: `other(targets.${whose}) && require("fs").openSync("/proc/" + targets.${whose} + "/mem", "r") > 0`,
    },
    {
      breaks: 'secrets',
      name: `descriptors of the ${whose}`,
      code: `other(targets.${whose}) && require("fs").readlinkSync("/proc/" + targets.${whose} + "/fd/0") !== undefined`,
    },
  ]),
  { breaks: 'secrets', name: 'own environment', code: 'JSON.stringify(process.env).includes(targets.mark)' },
  // Exhaustion, last: it leaves the process crippled.
  {
    breaks: 'disk',
    name: 'write 1 MiB',
    code: '(() => { const fs = require("fs"); fs.writeFileSync(targets.folder + "/big", Buffer.alloc(1 << 20)); return fs.statSync(targets.folder + "/big").size === 1 << 20 })()',
  },
  {
    breaks: 'descriptors',
    name: 'open 300',
    code: '(() => { for (let i = 0; i < 300; i++) require("fs").openSync(process.argv[1], "r"); return true })()',
  },
];
