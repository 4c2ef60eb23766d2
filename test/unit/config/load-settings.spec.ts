import { tmpdir } from 'node:os';
import { SettingsError } from '../../../src/config/errors.js';
import { cores } from '../../../src/config/cores.js';
import { loadSettings } from '../../../src/config/load-settings.js';
import { SETTING_NAMES } from '../../../src/config/settings.js';

function problemsOf(
  environment: Record<string, string>,
  flags: Record<string, string> = {},
): readonly string[] {
  try {
    loadSettings(environment, flags);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

const MODULES =
  'expected names of packages and built-in modules, @scope/* and *, separated by commas; or none';
const REQUIRE = 'expected files, network, processes, signals, secrets, separated by commas; or all';
const HOSTS = 'expected host names such as scripts.example.com, separated by commas';
const ORIGINS = 'expected origins such as https://example.com, separated by commas';
const MS = 'expected a whole number from 1 to 2147483647';
const HEADER = 'expected text without control characters and without a space at either end';

describe('loadSettings', () => {
  it('fills every setting that has a default', () => {
    expect(loadSettings({})).toEqual({
      PORT: 8765,
      HOST: '127.0.0.1',
      TIMEOUT: 3000,
      NOLOGS: false,
      LOG_LEVEL: 'info',
      METRICS: true,
      MODULES: ['*'],
      MAX_FRAME_BYTES: 8 * 1024 * 1024,
      MAX_CONCURRENCY: 64,
      GATEWAY_MEMORY: 256,
      PREPARED_BYTES: 67_108_864,
      PREPARED_TENANT_BYTES: 16_777_216,
      QUEUE_SIZE: 1024,
      QUEUE_TIMEOUT: 10_000,
      SHUTDOWN_GRACE: 5000,
      EGRESS_REQUESTS: 100,
      EGRESS_CONCURRENCY: 10,
      EGRESS_MAX_CONCURRENCY: 256,
      EGRESS_REQUEST_BYTES: 16 * 1024 * 1024,
      EGRESS_RESPONSE_BYTES: 16 * 1024 * 1024,
      EGRESS_RESPONSE_TIMEOUT: 10_000,
      EGRESS_TIMEOUT: 30_000,
      SANDBOX_CODE_CACHE_SIZE: 256,
      SANDBOX_NODE: process.execPath,
      SANDBOX_TOOLS: '/usr/local/bin:/usr/bin:/bin',
      SANDBOX_UID: 60_578,
      LIMITS_MAX_HOST_TIME: 60_000,
      SANDBOX_MIN_RUNNERS: Math.min(64, cores() + 2),
      SANDBOX_MAX_EXECUTIONS: 10_000,
      SANDBOX_ISOLATION: 'context',
      SANDBOX_ADDONS: false,
      SANDBOX_WEBASSEMBLY: false,
      SANDBOX_MEMORY: 256,
      SANDBOX_MAX_CODE_BYTES: 8 * 1024 * 1024,
      SANDBOX_MAX_GLOBALS_BYTES: 8 * 1024 * 1024,
      SANDBOX_MAX_RESULT_BYTES: 8 * 1024 * 1024,
      SANDBOX_MAX_DEPTH: 1000,
      SANDBOX_MAX_CONSOLE_LINES: 10_000,
      SANDBOX_MAX_CONSOLE_BYTES: 4 * 1024 * 1024,
      SANDBOX_CONSOLE_EXCESS: 'cut',
      SANDBOX_IDLE_TIMEOUT: 30_000,
    });
  });

  it.each([
    ['PORT', '0', 0],
    ['PORT', '65535', 65_535],
    ['HOST', '::1', '::1'],
    ['HOST', 'localhost', 'localhost'],
    ['HOST', 'my-host.example', 'my-host.example'],
    ['SECRET', 'pässwörd with spaces', 'pässwörd with spaces'],
    ['NOLOGS', 'true', true],
    ['NOLOGS', '1', true],
    ['NOLOGS', 'anything', true],
    ['NOLOGS', 'False', false],
    ['NOLOGS', '0', false],
    ['NOLOGS', 'no', false],
    ['NOLOGS', 'off', false],
    ['LOG_LEVEL', 'warn', 'warn'],
    ['LOG_FORMAT', 'json', 'json'],
    ['LOG_FORMAT', '', undefined],
    ['METRICS', 'off', false],
    ['MODULES', 'none', []],
    ['MODULES', 'lodash, @octokit/*,node:path,,lodash', ['lodash', '@octokit/*', 'path']],
    ['MODULES', 'JSONStream,fs/promises', ['JSONStream', 'fs/promises']],
    ['SANDBOX_REQUIRE', 'signals, files', ['files', 'signals']],
    ['SANDBOX_REQUIRE', 'all', ['files', 'network', 'processes', 'signals', 'secrets']],
    ['SANDBOX_TOOLS', '/a:/b', '/a:/b'],
    ['SANDBOX_UID', '100000', 100_000],
    ['ORIGINS', 'https://a.example, http://b.example:8080/', ['https://a.example', 'http://b.example:8080']],
    ['HOSTS', 'javascriptd, Scripts.Internal.', ['javascriptd', 'scripts.internal']],
    ['MAX_FRAME_BYTES', '1048576', 1_048_576],
    ['QUEUE_SIZE', '0', 0],
    ['SHUTDOWN_GRACE', '0', 0],
    ['SANDBOX_MODULES_DIR', tmpdir(), tmpdir()],
    ['SANDBOX_CODE_CACHE', `${tmpdir()}/not/yet/there`, `${tmpdir()}/not/yet/there`],
    ['SANDBOX_CODE_CACHE_SIZE', '64', 64],
    ['SANDBOX_NODE', process.execPath, process.execPath],
    ['SANDBOX_MIN_RUNNERS', '1', 1],
  ] as const)('takes %s=%s', (name, text, value) => {
    expect(loadSettings({ [name]: text })[name]).toEqual(value);
  });

  it.each([
    ['PORT', 'abc', '"abc" is not a whole number; expected a whole number from 0 to 65535'],
    ['PORT', '65536', '"65536" is too large; expected a whole number from 0 to 65535'],
    ['PORT', '-1', '"-1" is too small; expected a whole number from 0 to 65535'],
    ['PORT', '80.5', '"80.5" is not a whole number; expected a whole number from 0 to 65535'],
    ['PORT', '1e3', '"1e3" is not a whole number; expected a whole number from 0 to 65535'],
    ['PORT', '0x50', '"0x50" is not a whole number; expected a whole number from 0 to 65535'],
    ['PORT', ' 80', '" 80" is not a whole number; expected a whole number from 0 to 65535'],
    ['HOST', 'a b', '"a b" is neither an IP address nor a host name; expected an IP address or a host name'],
    [
      'HOST',
      '256.1.1.1',
      '"256.1.1.1" is neither an IP address nor a host name; expected an IP address or a host name',
    ],
    [
      'HOST',
      'http://x',
      '"http://x" is neither an IP address nor a host name; expected an IP address or a host name',
    ],
    ['TIMEOUT', '0', `"0" is too small; ${MS}`],
    ['TIMEOUT', '3s', `"3s" is not a whole number; ${MS}`],
    ['TIMEOUT', '2147483648', `"2147483648" is too large; ${MS}`],
    ['TIMEOUT', 'Infinity', `"Infinity" is not a whole number; ${MS}`],
    [
      'SECRET',
      'hush\nhush',
      `the value contains a control character, which HTTP headers cannot carry; ${HEADER}`,
    ],
    ['SECRET', ' hush', `the value starts or ends with a space, which HTTP strips; ${HEADER}`],
    ['MODULES', '', `the value is empty; ${MODULES}`],
    ['MODULES', ' , ', `the value is empty; ${MODULES}`],
    ['MODULES', '../up', `"../up" is not a module name; ${MODULES}`],
    ['MODULES', '/etc', `"/etc" is not a module name; ${MODULES}`],
    ['MODULES', 'lodash/fp', `"lodash/fp" is not a module name; ${MODULES}`],
    ['MODULES', 'lod*', `"lod*" is not a module name; ${MODULES}`],
    ['MODULES', '.bin, a b', `".bin" is not a module name, "a b" is not a module name; ${MODULES}`],
    ['MODULES', 'none,lodash', `"none" cannot be combined with other names; ${MODULES}`],
    ['SANDBOX_REQUIRE', 'disk', `invalid value "disk"; ${REQUIRE}`],
    ['SANDBOX_REQUIRE', 'files,all', `invalid value "all"; ${REQUIRE}`],
    ['SANDBOX_UID', '0', '"0" is too small; expected a whole number from 1 to 4294966000'],
    ['ORIGINS', 'example.com', `"example.com" is not an origin; ${ORIGINS}`],
    ['HOSTS', 'a.example:80', `"a.example:80" is not a host name; ${HOSTS}`],
    ['HOSTS', '*.example', `"*.example" is not a host name; ${HOSTS}`],
    ['ORIGINS', '*', `"*" is not an origin; ${ORIGINS}`],
    ['ORIGINS', 'null', `"null" is not an origin; ${ORIGINS}`],
    ['ORIGINS', 'https://a.example/path', `"https://a.example/path" is not an origin; ${ORIGINS}`],
    ['ORIGINS', 'https://u:p@a.example', `"https://u:p@a.example" is not an origin; ${ORIGINS}`],
    ['MAX_FRAME_BYTES', '1000', '"1000" is too small; expected a whole number from 1048576 to 268435456'],
    [
      'MAX_FRAME_BYTES',
      '8MB',
      '"8MB" is not a whole number; expected a whole number from 1048576 to 268435456',
    ],
    ['MAX_CONCURRENCY', '0', '"0" is too small; expected a whole number from 1 to 4096'],
    ['QUEUE_SIZE', '-5', '"-5" is too small; expected a whole number from 0 to 1000000'],
    ['QUEUE_TIMEOUT', 'soon', `"soon" is not a whole number; ${MS}`],
    ['SHUTDOWN_GRACE', '1m', '"1m" is not a whole number; expected a whole number from 0 to 2147483647'],
    [
      'SANDBOX_CODE_CACHE',
      '/etc/passwd',
      '"/etc/passwd" is not a folder; expected the path of a folder, which is created if it is missing',
    ],
    ['SANDBOX_CODE_CACHE_SIZE', '0', '"0" is too small; expected a whole number from 1 to 1048576'],
    ['SANDBOX_MODULES_DIR', '/no/such', '"/no/such" does not exist; expected the path of a folder'],
    ['SANDBOX_MODULES_DIR', '/etc/passwd', '"/etc/passwd" is not a folder; expected the path of a folder'],
    [
      'SANDBOX_MODULES_DIR',
      '/etc/passwd/x',
      '"/etc/passwd/x" cannot be read (ENOTDIR); expected the path of a folder',
    ],
    ['SANDBOX_NODE', '/no/such', '"/no/such" does not exist; expected the path of an executable file'],
    [
      'SANDBOX_NODE',
      '/etc/passwd',
      '"/etc/passwd" is not an executable file; expected the path of an executable file',
    ],
    ['SANDBOX_NODE', '/', '"/" is not an executable file; expected the path of an executable file'],
    ['SANDBOX_MIN_RUNNERS', '0', '"0" is too small; expected a whole number from 1 to MAX_CONCURRENCY'],
    [
      'SANDBOX_MIN_RUNNERS',
      '65',
      '"65" is greater than MAX_CONCURRENCY (64); expected a whole number from 1 to MAX_CONCURRENCY',
    ],
    ['SANDBOX_ISOLATION', 'vm', 'invalid value "vm"; expected context or process'],
    [
      'SANDBOX_HEAP',
      '300',
      '"300" is greater than SANDBOX_MEMORY (256); expected a whole number from 32 to SANDBOX_MEMORY',
    ],
    [
      'SANDBOX_MAX_EXECUTIONS',
      'all',
      '"all" is not a whole number; expected a whole number from 1 to 1000000000',
    ],
    ['SANDBOX_IDLE_TIMEOUT', '0', `"0" is too small; ${MS}`],
  ])('refuses %s=%j', (name, text, line) => {
    expect(problemsOf({ [name]: text })).toEqual([`${name}: ${line}`]);
  });

  it('reports every invalid variable, each in one line, in the order of the table', () => {
    const problems = problemsOf({ TIMEOUT: 'x', PORT: 'y', ORIGINS: 'a\nb' });
    expect(problems.map((line) => line.split(':')[0])).toEqual(['PORT', 'TIMEOUT', 'ORIGINS']);
    for (const line of problems) expect(line).not.toMatch(/[\n\r]/);
  });

  it('shortens a long value and escapes control characters', () => {
    expect(problemsOf({ PORT: `\u001B[31m\u009B${'9'.repeat(100)}` })).toEqual([
      `PORT: "\\u001b[31m\\u009b${'9'.repeat(54)}…" is not a whole number; expected a whole number from 0 to 65535`,
    ]);
  });

  it('shows no part of a wrong secret', () => {
    expect(problemsOf({ SECRET: 'hunter2\u0000' }).join()).not.toContain('hunter');
  });

  it('prefers a flag, and names it when it is wrong', () => {
    expect(loadSettings({ PORT: '1' }, { PORT: '2' }).PORT).toBe(2);
    expect(loadSettings({ PORT: 'wrong' }, { PORT: '2' }).PORT).toBe(2);
    expect(problemsOf({ PORT: '1' }, { PORT: 'x' })).toEqual([
      'PORT (--port): "x" is not a whole number; expected a whole number from 0 to 65535',
    ]);
  });

  it('refuses an empty flag', () => {
    expect(problemsOf({}, { PORT: '', MODULES: '', HOST: '', SANDBOX_NODE: '' })).toHaveLength(4);
  });

  it('counts an empty variable as not set', () => {
    const kept = new Set(['MODULES', 'SECRET', 'SECRET_FILE', 'SECRETS_FILE']);
    const names = SETTING_NAMES.filter((name) => !kept.has(name));
    expect(loadSettings(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(loadSettings({}));
  });

  it('listens everywhere only with a secret', () => {
    expect(loadSettings({ SECRET: 'x' }).HOST).toBe('0.0.0.0');
    expect(loadSettings({ SECRETS_FILE: 'x' }).HOST).toBe('0.0.0.0');
    expect(loadSettings({ SECRET: '' }).HOST).toBe('127.0.0.1');
    expect(loadSettings({ SECRET: 'x', HOST: '127.0.0.1' }).HOST).toBe('127.0.0.1');
  });

  it('never keeps more runner processes warm than MAX_CONCURRENCY', () => {
    expect(loadSettings({ MAX_CONCURRENCY: '1' }).SANDBOX_MIN_RUNNERS).toBe(1);
  });

  it.each([
    ['TIMEOUT', '5000'],
    ['SANDBOX_CPU', '5000'],
    ['SANDBOX_MAX_RESULT_BYTES', '5000'],
    ['SANDBOX_MAX_CONSOLE_LINES', '5000'],
    ['SANDBOX_MAX_CONSOLE_BYTES', '5000'],
  ])('takes no ceiling below its limit: %s', (limit, value) => {
    const ceiling = `LIMITS_MAX_${limit.replace(/^SANDBOX_(?:MAX_)?/, '')}`;
    expect(loadSettings({ [limit]: value, [ceiling]: '5000' })).toHaveProperty(ceiling, 5000);
    const [problem] = problemsOf({ [limit]: value, [ceiling]: '4999' });
    expect(problem).toMatch(
      `${ceiling}: "4999" is less than ${limit} (5000); expected a whole number from ${limit} to `,
    );
  });

  it('takes no ceiling for a limit that is not there', () => {
    expect(problemsOf({ LIMITS_MAX_CPU: '1' })).toEqual([
      'LIMITS_MAX_CPU: requires SANDBOX_CPU, which is not set; expected a whole number from SANDBOX_CPU to 2147483647',
    ]);
  });

  it.each([
    [{ SECRETS_FILE: '/hunter2', SECRET: 'hunter2' }, ['SECRETS_FILE: cannot be combined with SECRET']],
    [{ SECRETS_FILE: '' }, ['SECRETS_FILE: the value is empty']],
  ])('takes one source of secrets, and shows none of them: %j', (environment, problems) => {
    expect(problemsOf(environment).map((line) => line.split(';')[0])).toEqual(problems);
  });

  it('leaves out variables that are no settings', () => {
    expect(loadSettings({ PATH: '/bin' })).not.toHaveProperty('PATH');
  });
});
