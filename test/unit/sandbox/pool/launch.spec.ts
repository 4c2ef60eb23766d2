import { launchOf } from '../../../../src/sandbox/pool/launch.js';
import { DEFAULT_SANDBOX_OPTIONS } from '../../../../src/sandbox/sandbox.options.js';

describe('the launch of a runner process', () => {
  const { file, args, options } = launchOf({ ...DEFAULT_SANDBOX_OPTIONS, nodePath: '/opt/node' });

  it('uses the node binary of the settings', () => {
    expect(file).toBe('/opt/node');
  });

  it('gives it nothing of the environment, and no descriptor but the pipe and standard error', () => {
    expect(options).toEqual({ env: {}, cwd: '/', stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  });

  it('makes the host realm inert', () => {
    expect(args).toEqual(
      expect.arrayContaining([
        '--experimental-vm-modules',
        '--disallow-code-generation-from-strings',
        '--frozen-intrinsics',
        '--no-addons',
      ]),
    );
  });
});
