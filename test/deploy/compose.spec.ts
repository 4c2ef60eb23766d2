/** What deploy/compose.yaml says, against the code that it runs and the files that it mounts. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSettings } from '../../src/config/load-settings.js';
import { SETTING_NAMES } from '../../src/config/settings.js';
import { documents } from '../support/manifests.js';
import { neededMebibytes } from '../support/needed-memory.js';

const FOLDER = fileURLToPath(new URL('../../deploy/', import.meta.url));
const read = (path: string) => documents(readFileSync(join(FOLDER, path), 'utf8'))[0];

const compose = read('compose.yaml');
const { javascriptd, prometheus, grafana } = compose.services;

/** Where each mounted file comes from, where its container has it, and how. */
const mounts: readonly (readonly string[])[] = [javascriptd, prometheus, grafana]
  .flatMap(({ volumes = [] }: { volumes?: string[] }) => volumes)
  .filter((volume: string) => volume.startsWith('./'))
  .map((volume: string) => volume.split(':'));
const mountedAt = (path: string): string | undefined => mounts.find(([, to]) => to === path)?.[0];

describe('the composition', () => {
  it('runs the service as the image is meant to be run, with settings that there are', () => {
    expect(javascriptd).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    const known: readonly string[] = SETTING_NAMES;
    expect(Object.keys(javascriptd.environment).filter((name) => !known.includes(name))).toEqual([]);
    expect(existsSync(resolve(FOLDER, javascriptd.build, 'Dockerfile'))).toBe(true);
  });

  it('gives it the secret as a file, and time to answer', () => {
    const [secret] = javascriptd.secrets;
    expect(javascriptd.environment.SECRET_FILE).toBe(`/run/secrets/${secret}`);
    expect(Object.keys(compose.secrets)).toEqual([secret]);
    expect(Number.parseInt(javascriptd.stop_grace_period, 10) * 1000).toBeGreaterThan(
      Number(javascriptd.environment.SHUTDOWN_GRACE) + 5000,
    );
  });

  it('gives it the memory that its settings need', () => {
    const { SECRET_FILE: _file, ...environment } = javascriptd.environment;
    const [, limit] = /^(\d+)m$/.exec(javascriptd.mem_limit) ?? [];
    expect(Number(limit)).toBeGreaterThanOrEqual(neededMebibytes(loadSettings(environment)));
  });

  it('publishes each port to this machine only', () => {
    const ports = [javascriptd, prometheus, grafana].flatMap((service) => service.ports);
    expect(ports.filter((port: string) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(ports).toHaveLength(3);
  });

  it('mounts files that are there, and none to be written', () => {
    expect(mounts.length).toBeGreaterThan(4);
    expect(mounts.filter(([from = '']) => !existsSync(join(FOLDER, from)))).toEqual([]);
    expect(mounts.filter(([, , mode]) => mode !== 'ro')).toEqual([]);
  });

  it('leads Prometheus to the service, and Grafana to Prometheus and to the dashboard', () => {
    const { scrape_configs: jobs, rule_files: rules } = read(
      mountedAt('/etc/prometheus/prometheus.yml') ?? '',
    );
    expect(jobs[0].static_configs[0].targets).toEqual(['javascriptd:8765']);
    expect(rules.map((path: string) => mountedAt(path))).toEqual(['./prometheus/alerts.yaml']);
    const folder = '/etc/grafana/provisioning';
    const { datasources } = read(mountedAt(`${folder}/datasources/prometheus.yaml`) ?? '');
    expect(datasources[0]).toMatchObject({ uid: 'prometheus', url: 'http://prometheus:9090' });
    const { providers } = read(mountedAt(`${folder}/dashboards/javascriptd.yaml`) ?? '');
    expect(mountedAt(providers[0].options.path)).toBe('./grafana');
    for (const network of grafana.networks) expect(javascriptd.networks).not.toContain(network);
  });
});
