import { readInvocation } from '../../../src/cli/invocation.js';

const PLAIN = {
  kind: 'exec',
  file: 'a.js',
  call: undefined,
  globals: undefined,
  caller: undefined,
  url: undefined,
  asJson: false,
  flags: {},
};

describe('readInvocation, of exec', () => {
  it.each([
    [['a.js'], {}],
    [['-'], { file: '-' }],
    [['--', '-x.js'], { file: '-x.js' }],
    [['a.js', '--call', 'f', '--json'], { call: 'f', asJson: true }],
    [['--globals={"a":1}', '--caller', '@c.js', 'a.js'], { globals: '{"a":1}', caller: '@c.js' }],
    [
      ['a.js', '--timeout', '5', '--modules', 'none', '--sandbox-memory=128'],
      { flags: { TIMEOUT: '5', MODULES: 'none', SANDBOX_MEMORY: '128' } },
    ],
    [
      ['a.js', '--url', 'wss://x.example/', '--timeout', '5'],
      { url: 'wss://x.example/', flags: { TIMEOUT: '5' } },
    ],
  ])('reads %j', (args, given) => {
    expect(readInvocation(['exec', ...args])).toEqual({ ...PLAIN, ...given });
  });

  it.each([
    [[], 'exec requires the path of a script, or - for standard input'],
    [['a.js', 'b.js'], 'exec accepts only one script'],
    [['a.js', '--call'], '--call requires a value'],
    [['a.js', '--call', '--json'], '--call requires a value'],
    [['a.js', '--call', 'f', '--call', 'g'], '--call is given more than once'],
    [['a.js', '--prot', '1'], 'unknown option --prot'],
    [
      ['a.js', '--secret', 'hush'],
      '--secret is not supported: every user of this machine can read command lines; set the environment variable SECRET',
    ],
    [['a.js', '--url', 'http://x.example'], '--url must begin with ws:// or wss://'],
    [['a.js', '--url', 'ws://'], '--url must begin with ws:// or wss://'],
    [
      ['a.js', '--url', 'ws://x', '--modules', 'none'],
      'MODULES: not supported with --url, the service has its own settings',
    ],
  ])('refuses %j', (args, problem) => {
    expect(readInvocation(['exec', ...args])).toEqual({
      kind: 'misused',
      problem: `${problem} (see javascriptd --help)`,
    });
  });
});
