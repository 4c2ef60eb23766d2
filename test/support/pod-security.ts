import type { Manifest } from './manifests.js';

const VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** What the Pod Security Standard `restricted` (v1.32) has against the spec of a pod on Linux. */
export function restrictedViolations(pod: Manifest): readonly string[] {
  const own = pod.securityContext ?? {};
  const containers = [...(pod.containers ?? []), ...(pod.initContainers ?? [])];
  const found: string[] = [];
  const check = (holds: boolean, what: string): void => void (holds || found.push(what));
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) check(pod[name] !== true, name);
  check((own.sysctls ?? []).length === 0, 'sysctls');
  check(own.runAsUser !== 0, 'runAsUser');
  for (const volume of pod.volumes ?? []) {
    const kinds = Object.keys(volume).filter((key) => key !== 'name');
    check(
      kinds.every((kind) => VOLUMES.has(kind)),
      `volume ${kinds.join()}`,
    );
  }
  for (const { securityContext: its = {}, ports = [] } of containers) {
    check(its.privileged !== true, 'privileged');
    check(its.allowPrivilegeEscalation === false, 'allowPrivilegeEscalation');
    check(its.runAsUser !== 0, 'runAsUser');
    check((its.runAsNonRoot ?? own.runAsNonRoot) === true, 'runAsNonRoot');
    const seccomp = (its.seccompProfile ?? own.seccompProfile)?.type;
    check(['RuntimeDefault', 'Localhost'].includes(seccomp), 'seccompProfile');
    check(its.capabilities?.drop?.includes('ALL') === true, 'capabilities.drop');
    check(
      (its.capabilities?.add ?? []).every((name: string) => name === 'NET_BIND_SERVICE'),
      'capabilities.add',
    );
    check((its.procMount ?? 'Default') === 'Default', 'procMount');
    check(
      ports.every(({ hostPort }: { hostPort?: number }) => hostPort === undefined),
      'hostPort',
    );
    check((its.seLinuxOptions ?? own.seLinuxOptions) === undefined, 'seLinuxOptions');
    check((its.appArmorProfile ?? own.appArmorProfile)?.type !== 'Unconfined', 'appArmorProfile');
  }
  check(containers.length > 0, 'containers');
  return [...new Set(found)];
}
