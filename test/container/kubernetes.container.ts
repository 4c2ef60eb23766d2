/** The Deployment of deploy/kubernetes, as `podman kube play` runs it. `run.sh` builds the image. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DuplexClient } from '../support/duplex-client.js';
import { freePort } from '../support/free-port.js';
import { get } from '../support/http.js';
import { manifests } from '../support/manifests.js';
import { UpgradeRefusedError } from '../support/raw-client.js';
import { oci } from './container.js';
import { execute, say } from './transcript.js';

const { IMAGE = '' } = process.env;
const SECRET = 'correct horse';
const name = `javascriptd-test-${process.pid}`;
const containerName = `${name}-pod-0-javascriptd`;
const folder = mkdtempSync(join(tmpdir(), 'javascriptd-kube-'));
const file = join(folder, 'deployment.json');
const headers = { 'x-runtime-secret': '' };
let url: string;

/** The Deployment but for what this machine has otherwise, and the Secret that it mounts. */
function toPlay(port: string): readonly object[] {
  const deployment = structuredClone(manifests().find(({ kind }) => kind === 'Deployment'));
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;
  deployment.metadata.name = name;
  Object.assign(container, { image: IMAGE, imagePullPolicy: 'Never' });
  container.env.push({ name: 'PORT', value: port });
  // With the host's network, which is the way in here, podman publishes no ports, and knows none by a name.
  delete container.ports;
  delete container.startupProbe;
  // podman probes with curl, which the image does not have; `get` below does what the kubelet does.
  delete container.livenessProbe;
  pod.volumes[0].secret.secretName = name;
  const data = { secret: Buffer.from(`${SECRET}\n`).toString('base64') };
  return [{ apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'Opaque', data }, deployment];
}

async function isAlive(): Promise<boolean> {
  return get(url, '/livez').then(
    ({ status }) => status === 200,
    () => false,
  );
}

beforeAll(async () => {
  const port = await freePort();
  url = `ws://127.0.0.1:${port}`;
  // YAML has JSON in it.
  writeFileSync(
    file,
    toPlay(port)
      .map((object) => JSON.stringify(object))
      .join('\n---\n'),
  );
  say(`$ podman kube play --network host ${file}`);
  const played = await oci('kube', 'play', '--network=host', file);
  if (played.code !== 0) throw new Error(played.output);
  while (!(await isAlive())) await delay(100);
  // What is mounted, and not SECRET: podman 4.3 mounts the text in base64 as it stands.
  const program = 'console.log(fs.readFileSync(process.env.SECRET_FILE, "utf8"))';
  headers['x-runtime-secret'] = (await oci('exec', containerName, 'node', '--eval', program)).output;
});

afterAll(async () => {
  await oci('kube', 'down', file);
  await oci('volume', 'rm', '--force', name);
  await oci('secret', 'rm', name);
  rmSync(folder, { recursive: true });
});

it('has the rights that the Pod Security Standard restricted leaves it, and a root that is read-only', async () => {
  const program = `console.log(fs.readFileSync("/proc/1/status", "utf8"));
    try { fs.writeFileSync("/opt/javascriptd/x", ""); } catch (error) { console.log(error.code) }`;
  const { output } = await oci('exec', containerName, 'node', '--eval', program);
  const facts = output.match(/^(?:Uid|Gid|CapEff|NoNewPrivs|Seccomp):.*|^E\w+$/gm)?.join('\n') ?? '';
  say(facts);
  expect(facts.replaceAll(/[\t ]+/g, ' ').split('\n')).toEqual([
    'Uid: 10001 10001 10001 10001',
    'Gid: 10001 10001 10001 10001',
    'CapEff: 0000000000000000',
    'NoNewPrivs: 1',
    'Seccomp: 2',
    'EROFS',
  ]);
});

it('answers the probes', async () => {
  for (const path of ['/livez', '/readyz']) {
    const { status, text } = await get(url, path);
    say(`GET ${path}: ${status} ${text}`);
    expect(status).toBe(200);
  }
});

it('serves a script to who has the secret of the Secret, and nobody else', async () => {
  const refused: unknown = await DuplexClient.connect(url).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UpgradeRefusedError);
  const client = await DuplexClient.connect(url, { headers });
  const script = { code: 'function add(cb) { cb(a + b) }', globals: { a: 1, b: 2 }, call: 'add' };
  expect(await execute(client, script)).toMatchObject({ value: 3 });
  await client.close();
});

it('has the program that its preStop runs', async () => {
  const deployment = manifests().find(({ kind }) => kind === 'Deployment');
  const [{ lifecycle }] = deployment.spec.template.spec.containers;
  const [program] = lifecycle.preStop.exec.command;
  expect(await oci('exec', containerName, program, '0')).toEqual({ code: 0, output: '' });
});

it('answers what runs when its pod is stopped', async () => {
  const client = await DuplexClient.connect(url, { headers });
  const running = execute(client, {
    code: 'function f(cb) { setTimeout(() => cb("done"), 1500) }',
    call: 'f',
  });
  await execute(client, { code: 'function f(cb) { cb() }', call: 'f' });
  say('$ podman pod stop');
  const stopped = oci('pod', 'stop', `${name}-pod-0`);
  expect(await running).toMatchObject({ value: 'done' });
  expect((await client.closed).code).toBe(1001);
  await stopped;
  const { output } = await oci('inspect', '--format={{.State.ExitCode}}', containerName);
  say(`exit code ${output}`);
  expect(output).toBe('0');
});
