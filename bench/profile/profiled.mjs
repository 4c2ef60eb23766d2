// The service with `--cpu-prof` on the gateway, or on its runner processes.
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram } from '../rows/server.mjs';

/** Runners write their profiles when their gateway is gone. */
const WRITE_MS = 3000;
const NO_TOOLS = '/nonexistent';

const profilesIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => join(folder, name));

function folderForAll() {
  const folder = mkdtempSync(join(tmpdir(), 'javascriptd-profile-'));
  // Runner processes have user ids of their own, where the service runs as root.
  chmodSync(folder, 0o777);
  return folder;
}

/** A Node for the runners that profiles itself: their flags as they are, but those that keep it from writing. */
function profilingNode(folder) {
  const file = join(folder, 'node');
  const script = `#!/bin/sh
for argument do
  shift
  case $argument in --permission|--experimental-permission|--allow-fs-read=*) continue ;; esac
  set -- "$@" "$argument"
done
exec '${process.execPath}' --cpu-prof --cpu-prof-dir='${folder}' "$@"
`;
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}

/**
 * @param packages the folder of those that scripts may require
 * @returns the profiles of the gateway, after `load(server)`
 */
export async function profileGateway(packages, load) {
  const folder = folderForAll();
  const server = await startProgram({ SANDBOX_MODULES_DIR: packages }, [
    '--cpu-prof',
    `--cpu-prof-dir=${folder}`,
  ]);
  try {
    await load(server);
  } finally {
    await server.stop();
  }
  return profilesIn(folder);
}

/**
 * @returns the profiles of the runner processes, after `load(server)`. No layer of the operating system is around them,
 * nor Node's permissions: those would keep the profile from being written.
 */
export async function profileRunners(packages, load) {
  const folder = folderForAll();
  const server = await startProgram({
    SANDBOX_MODULES_DIR: packages,
    SANDBOX_NODE: profilingNode(folder),
    SANDBOX_TOOLS: NO_TOOLS,
  });
  try {
    await load(server);
  } finally {
    // A gateway that stops kills its runners; one that is killed leaves them a closed pipe, at which they end.
    server.kill('SIGKILL');
    await sleep(WRITE_MS);
    await server.stop();
  }
  return profilesIn(folder);
}
