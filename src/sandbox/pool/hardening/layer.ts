/**
 * What the operating system and Node can take away from a runner process, each of which may be missing on a
 * machine: `privileges` (no new ones, no capabilities, death with the gateway), `limits` (prlimit), `user` (one of
 * its own, where the service is root), `namespaces` (network, processes, IPC), `landlock` (files), `seccomp`
 * (system calls), `node` (its permission model).
 */
export const LAYERS = ['privileges', 'limits', 'user', 'namespaces', 'landlock', 'seccomp', 'node'] as const;
export type Layer = (typeof LAYERS)[number];
