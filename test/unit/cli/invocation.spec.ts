import { readInvocation } from '../../../src/cli/invocation.js';
import type { Setting } from '../../../src/config/setting.js';
import { flagOf, SETTING_NAMES, SETTINGS } from '../../../src/config/settings.js';

describe('readInvocation', () => {
  it.each([
    [[], {}],
    [['--port', '1234'], { PORT: '1234' }],
    [['--port=1234'], { PORT: '1234' }],
    [['--port='], { PORT: '' }],
    [['--modules=a,b', '--nologs', 'true'], { MODULES: 'a,b', NOLOGS: 'true' }],
    [['--max-frame-bytes', '1048576'], { MAX_FRAME_BYTES: '1048576' }],
  ])('reads %j', (args, flags) => {
    expect(readInvocation(args)).toEqual({ kind: 'start', flags });
  });

  it.each([[['--help']], [['-h']], [['--nonsense', '-h']], [['--port', '1', '--help']]])(
    'takes %j as a question for help',
    (args) => {
      expect(readInvocation(args)).toEqual({ kind: 'help' });
    },
  );

  it.each([[['--version']], [['-v']]])('takes %j as a question for the version', (args) => {
    expect(readInvocation(args)).toEqual({ kind: 'version' });
  });

  it.each([
    [['--prot', '1'], 'unknown option --prot'],
    [['-p', '1'], 'unknown option -p'],
    [['--PORT', '1'], 'unknown option --PORT'],
    [['--no-port'], 'unknown option --no-port'],
    [['--port'], '--port requires a value'],
    [['--port', '--host', 'x'], '--port requires a value'],
    [['--port', '1', '--port', '2'], '--port is given more than once'],
    [['--json'], 'unknown option --json'],
    [['--json', 'doctor'], 'unknown option --json'],
    [['doctor', 'doctor'], 'unexpected argument: only options are supported'],
    [['serve'], 'unexpected argument: only options are supported'],
    [['--', 'x'], 'unexpected argument: only options are supported'],
    [
      ['--secret', 'hush'],
      '--secret is not supported: every user of this machine can read command lines; set the environment variable SECRET',
    ],
    [
      ['--node-path=/x'],
      '--node-path is not supported: Node has no such option either; set the environment variable NODE_PATH',
    ],
  ])('refuses %j', (args, problem) => {
    expect(readInvocation(args)).toEqual({ kind: 'misused', problem: `${problem} (see javascriptd --help)` });
  });

  it.each([
    [['doctor'], {}, false],
    [['doctor', '--json'], {}, true],
    [['doctor', '--json', '--sandbox-uid', '7'], { SANDBOX_UID: '7' }, true],
    [['doctor', '--sandbox-uid=7'], { SANDBOX_UID: '7' }, false],
  ])('reads %j as a question for the doctor', (args, flags, asJson) => {
    expect(readInvocation(args)).toEqual({ kind: 'doctor', flags, asJson });
  });

  it('reads a question for the modules', () => {
    expect(readInvocation(['modules', '--json', '--modules', 'a'])).toEqual({
      kind: 'modules',
      flags: { MODULES: 'a' },
      asJson: true,
    });
    expect(readInvocation(['modules', 'doctor'])).toMatchObject({ kind: 'misused' });
  });

  it('reads an order to warm the code cache', () => {
    expect(readInvocation(['warm', '--sandbox-code-cache', '/c'])).toEqual({
      kind: 'warm',
      flags: { SANDBOX_CODE_CACHE: '/c' },
      asJson: false,
    });
    expect(readInvocation(['warm', 'lodash'])).toMatchObject({ kind: 'misused' });
  });

  it('repeats no value, which might be a secret', () => {
    expect(JSON.stringify([readInvocation(['--secret=hush']), readInvocation(['hush'])])).not.toContain(
      'hush',
    );
  });

  it('knows the flag of every setting that may be one', () => {
    for (const name of SETTING_NAMES) {
      const { noFlag }: Setting = SETTINGS[name];
      const { kind } = readInvocation([flagOf(name), 'x']);
      expect([name, kind]).toEqual([name, noFlag === undefined ? 'start' : 'misused']);
    }
  });
});
