// The Nodes that the samples run on.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OTHER_MAJOR = '26';

/** Node 26, from the npm package that has its binary, in a folder for temporary files, where it stays. */
function otherNode() {
  const folder = join(tmpdir(), `javascriptd-node-${OTHER_MAJOR}`);
  const name = `node-${process.platform}-${process.arch}`;
  const path = join(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(path))
    execFileSync(
      'npm',
      ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', `${name}@${OTHER_MAJOR}`],
      { stdio: ['ignore', process.stderr, process.stderr] },
    );
  return path;
}

const nodeAt = (path) => ({
  path,
  version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim(),
});

export const thisNode = () => nodeAt(process.execPath);

/** @param given paths of binaries; without any, this Node and Node 26 */
export function nodesFor(given) {
  return given === undefined ? [thisNode(), nodeAt(otherNode())] : given.map(nodeAt);
}
