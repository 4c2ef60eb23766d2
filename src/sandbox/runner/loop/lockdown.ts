/**
 * Takes powers away from the runner's own process before the first script. The context is expected to
 * fall one day; then what a script finds on `process` should be little. What the operating system can
 * take away is taken at launch (`pool/launch.ts`): this is only the layer above it.
 */
const POWERS = [
  'abort',
  'binding',
  'chdir',
  'dlopen',
  'execve',
  'initgroups',
  'kill',
  'loadEnvFile',
  'setegid',
  'seteuid',
  'setgid',
  'setgroups',
  'setuid',
  '_debugEnd',
  '_debugProcess',
  '_linkedBinding',
  '_startProfilerIdleNotifier',
  '_stopProfilerIdleNotifier',
] as const;

/** @param kept what Node itself goes on to need: `dlopen`, to load native add-ons */
export function lockdown(kept?: 'dlopen'): void {
  for (const power of POWERS) if (power !== kept) Reflect.deleteProperty(process, power);
}
