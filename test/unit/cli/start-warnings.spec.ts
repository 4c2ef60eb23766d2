import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWarnings } from '../../../src/cli/start-warnings.js';

const MIB = 2 ** 20;
const settings = {
  GATEWAY_MEMORY: 64,
  SANDBOX_MEMORY: 256,
  SANDBOX_MIN_RUNNERS: 4,
  SANDBOX_MODULES_DIR: undefined,
};

describe('startWarnings', () => {
  it.each([0, 684 * MIB, 700 * MIB, 2 ** 64])('has nothing to say of a memory limit of %d', (limit) => {
    expect(startWarnings(settings, limit)).toEqual([]);
  });

  it('warns of a memory limit in which the warm runners and one script do not fit', () => {
    expect(startWarnings(settings, 683 * MIB)).toEqual([
      'the memory limit of 683 MiB is below the 684 MiB required by GATEWAY_MEMORY=64, SANDBOX_MIN_RUNNERS=4 and one script with SANDBOX_MEMORY=256: the kernel may kill processes; raise the limit, or lower these settings',
    ]);
  });

  it('warns of a folder of packages in which there is nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'javascriptd-volume-'));
    expect(startWarnings({ ...settings, SANDBOX_MODULES_DIR: folder }, 0)).toEqual([
      `SANDBOX_MODULES_DIR: ${folder} is empty; is its volume mounted?`,
    ]);
    mkdirSync(join(folder, 'lodash'));
    expect(startWarnings({ ...settings, SANDBOX_MODULES_DIR: folder }, 0)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
