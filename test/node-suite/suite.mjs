import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Not in git: Node's own tests, as Debian's source package has them. */
const FOLDER = fileURLToPath(new URL('../../.node-suite', import.meta.url));
/** The release whose Node is of the major version that javascriptd supports first. */
const SOURCES =
  'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main\n';

/** The folder `test` of Node's source; fetches it from Debian's mirror at the first use. apt checks its signature. */
export function suiteFolder() {
  const folder = join(FOLDER, 'test');
  if (existsSync(folder)) return folder;
  const scratch = join(FOLDER, 'scratch');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(join(scratch, 'lists/partial'), { recursive: true });
  mkdirSync(join(scratch, 'cache/archives/partial'), { recursive: true });
  writeFileSync(join(scratch, 'sources.list'), SOURCES);
  const options = [
    `Dir::Etc::SourceList=${join(scratch, 'sources.list')}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${join(scratch, 'lists')}`,
    `Dir::Cache=${join(scratch, 'cache')}`,
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  run(scratch, 'apt-get', ['-qq', ...options, 'update']);
  run(scratch, 'apt-get', ['-qq', ...options, 'source', '--download-only', '--tar-only', 'nodejs']);
  const archive = readdirSync(scratch).find((name) => name.endsWith('.orig.tar.xz'));
  if (archive === undefined) throw new Error("Debian's source package nodejs has no orig tarball");
  const parts = ['*/test/parallel', '*/test/common', '*/test/fixtures/keys'];
  run(scratch, 'tar', ['-xJf', archive, '--wildcards', '--strip-components=1', ...parts]);
  renameSync(join(scratch, 'test'), folder);
  writeFileSync(join(FOLDER, 'version'), archive.replace(/^nodejs_|\.orig\.tar\.xz$/g, ''));
  rmSync(scratch, { recursive: true });
  return folder;
}

/** Debian's version of the source, such as `20.19.2+dfsg`. */
export const suiteVersion = () => readFileSync(join(FOLDER, 'version'), 'utf8');

function run(cwd, command, args) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
}
