/** What deploy/kubernetes says, against the code that it runs and the standard that it has to meet. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startWarnings } from '../../src/cli/start-warnings.js';
import { loadSettings } from '../../src/config/load-settings.js';
import { SETTING_NAMES } from '../../src/config/settings.js';
import { Binary } from '../support/binary.js';
import { get } from '../support/http.js';
import { documents, manifests, type Manifest } from '../support/manifests.js';
import { neededMebibytes } from '../support/needed-memory.js';
import { restrictedViolations } from '../support/pod-security.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const DOCKERFILE = read('Dockerfile');
/** What serve.ts gives connections and runner processes after the grace. */
const CLOSE_SECONDS = 5;

const all = manifests();
function theOne(kind: string): Manifest {
  const [found, ...more] = all.filter((manifest) => manifest.kind === kind);
  if (found === undefined || more.length > 0) throw new Error(`not one ${kind}`);
  return found;
}

const deployment = theOne('Deployment');
const { template } = deployment.spec;
const pod = template.spec;
const [container] = pod.containers;
const environment: Readonly<Record<string, string>> = Object.fromEntries(
  container.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
);
const folder = mkdtempSync(join(tmpdir(), 'javascriptd-kubernetes-'));
writeFileSync(join(folder, 'secret'), 'correct horse\n');
afterAll(() => rmSync(folder, { recursive: true }));
const settings = loadSettings({ ...environment, SECRET_FILE: join(folder, 'secret') });

/** `2500Mi` in MiB. */
function mebibytes(quantity: string): number {
  const [, number] = /^(\d+)Mi$/.exec(quantity) ?? [];
  return Number(number);
}

describe('the kustomization', () => {
  it('has each file of its folder, and an object of each kind, all of one name', () => {
    const [{ resources }] = documents(read('deploy/kubernetes/kustomization.yaml'));
    const files = readdirSync(join(ROOT, 'deploy/kubernetes'));
    expect(new Set([...resources, 'kustomization.yaml'])).toEqual(new Set(files));
    expect(all.map(({ kind }) => kind)).toEqual([
      'Deployment',
      'Service',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'HorizontalPodAutoscaler',
    ]);
    expect(new Set(all.map(({ metadata }) => metadata.name))).toEqual(new Set(['javascriptd']));
  });
});

const byKind = (list: readonly Manifest[]): readonly Manifest[] =>
  list.toSorted((a, b) => a.kind.localeCompare(b.kind));
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

(hasKubectl ? describe : describe.skip)('kubectl, where it is there', () => {
  it('renders the kustomization to the same objects', () => {
    const { stdout } = spawnSync('kubectl', ['kustomize', join(ROOT, 'deploy/kubernetes')], {
      encoding: 'utf8',
    });
    expect(byKind(documents(stdout))).toEqual(byKind(all));
  });
});

describe('the pods', () => {
  it('meet the Pod Security Standard restricted, with a root that is read-only', () => {
    expect(restrictedViolations(pod)).toEqual([]);
    expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  it.each([
    ['hostNetwork', { hostNetwork: true }],
    ['volume hostPath', { volumes: [{ name: 'x', hostPath: { path: '/' } }] }],
    ['runAsNonRoot', { securityContext: { ...pod.securityContext, runAsNonRoot: undefined } }],
    ['seccompProfile', { securityContext: { ...pod.securityContext, seccompProfile: undefined } }],
    ['capabilities.drop', { containers: [{ ...container, securityContext: { capabilities: {} } }] }],
    ['allowPrivilegeEscalation', { containers: [{ ...container, securityContext: {} }] }],
  ])('would not meet it with a fault in %s', (fault, change) => {
    expect(restrictedViolations({ ...pod, ...change })).toContain(fault);
  });

  it('run the image of this version, as its user', () => {
    const { version } = JSON.parse(read('package.json'));
    expect(container.image).toBe(`javascriptd:${version}`);
    const { runAsUser, runAsGroup } = pod.securityContext;
    expect(DOCKERFILE).toContain(`\nUSER ${runAsUser}:${runAsGroup}\n`);
    expect(container).not.toHaveProperty('command');
    expect(container).not.toHaveProperty('args');
  });

  it('set what is a setting, to what the service takes', () => {
    expect(Object.keys(environment).filter((name) => !SETTING_NAMES.some((known) => known === name))).toEqual(
      [],
    );
    expect(settings).toMatchObject({ SECRET: 'correct horse', PORT: container.ports[0].containerPort });
    expect(DOCKERFILE).toContain(`\nEXPOSE ${settings.PORT}\n`);
  });

  it('get the secret as a file that their user can read', () => {
    const [mount] = container.volumeMounts;
    const [volume] = pod.volumes;
    expect(volume.name).toBe(mount.name);
    expect(environment['SECRET_FILE']).toBe(`${mount.mountPath}/secret`);
    expect(volume.secret).toEqual({ secretName: 'javascriptd', optional: false, defaultMode: 0o440 });
    expect(pod.securityContext.fsGroup).toBe(pod.securityContext.runAsGroup);
    expect(JSON.stringify(all)).not.toMatch(/"kind":"Secret"/);
  });

  it('have memory for the gateway and as many scripts as may run, and for the warm ones from the start', () => {
    const { limits, requests } = container.resources;
    expect(mebibytes(limits.memory)).toBeGreaterThanOrEqual(neededMebibytes(settings));
    expect(startWarnings(settings, mebibytes(requests.memory) * 2 ** 20)).toEqual([]);
  });

  it('end late enough for every accepted call to be answered', () => {
    const [, wait] = container.lifecycle.preStop.exec.command;
    expect(settings.SHUTDOWN_GRACE).toBeGreaterThan(settings.QUEUE_TIMEOUT + settings.TIMEOUT);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(
      Number(wait) + settings.SHUTDOWN_GRACE / 1000 + CLOSE_SECONDS,
    );
  });

  it('are probed, scraped and scaled by a port, paths and a metric that the service has', async () => {
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
    const names = container.ports.map(({ name }: { name: string }) => name);
    for (const { httpGet } of probes) expect(names).toContain(httpGet.port);
    expect(probes.map(({ httpGet }) => httpGet.path)).toEqual(['/livez', '/livez', '/readyz']);
    const binary = new Binary([], { PORT: '0' });
    const url = await binary.listens();
    for (const path of ['/livez', '/readyz']) expect((await get(url, path)).status).toBe(200);
    const { annotations } = template.metadata;
    expect(annotations['prometheus.io/port']).toBe(String(container.ports[0].containerPort));
    const metrics = await get(url, annotations['prometheus.io/path']);
    const [{ pods }] = theOne('HorizontalPodAutoscaler').spec.metrics;
    expect(metrics.text).toContain(`\n${pods.metric.name} 0\n`);
    binary.kill('SIGTERM');
    await binary.ended();
  });
});

describe('the other objects', () => {
  const { labels } = template.metadata;

  it.each([
    ['Deployment', deployment.spec.selector.matchLabels],
    ['Service', theOne('Service').spec.selector],
    ['NetworkPolicy', theOne('NetworkPolicy').spec.podSelector.matchLabels],
    ['PodDisruptionBudget', theOne('PodDisruptionBudget').spec.selector.matchLabels],
    ['spread', pod.topologySpreadConstraints[0].labelSelector.matchLabels],
  ])('of kind %s choose the pods', (_, chosen) => {
    expect(chosen).toEqual(labels);
  });

  it('lead to the port of the pods, and let nothing else in and nothing out', () => {
    const names = container.ports.map(({ name }: { name: string }) => name);
    const [port, ...more] = theOne('Service').spec.ports;
    expect([port.port, port.targetPort, more]).toEqual([settings.PORT, names[0], []]);
    const policy = theOne('NetworkPolicy').spec;
    expect(policy.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(policy.egress).toEqual([]);
    expect(policy.ingress.map(({ ports }: Manifest) => ports)).toEqual([[{ port: 'http', protocol: 'TCP' }]]);
    for (const { from } of policy.ingress) expect(from.length).toBeGreaterThan(0);
  });

  it('keep a pod while another is replaced, and add one before the service is full', () => {
    expect(deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    expect(theOne('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
    const { scaleTargetRef, minReplicas, metrics } = theOne('HorizontalPodAutoscaler').spec;
    const { apiVersion, kind, metadata } = deployment;
    expect(scaleTargetRef).toEqual({ apiVersion, kind, name: metadata.name });
    expect(deployment.spec).not.toHaveProperty('replicas');
    expect(minReplicas).toBeGreaterThan(1);
    const [{ pods }] = metrics;
    expect(Number(pods.target.averageValue)).toBeLessThan(settings.MAX_CONCURRENCY);
  });
});
