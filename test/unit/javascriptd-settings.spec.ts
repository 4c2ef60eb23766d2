import { loadSettings, SettingsError, type Environment } from '../../src/config/index.js';
import { asLoaded, settingsOf, type JavascriptdSettings } from '../../src/javascriptd-settings.js';

/** The lines of the error that is thrown. */
function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

/** What an application gives, and an operator would write. */
const SAME: readonly (readonly [JavascriptdSettings, Environment])[] = [
  [{}, {}],
  [
    { TIMEOUT: 50, METRICS: false, LOG_LEVEL: 'debug' },
    { TIMEOUT: '50', METRICS: 'false', LOG_LEVEL: 'debug' },
  ],
  [{ MODULES: ['lodash', '@octokit/*'] }, { MODULES: 'lodash,@octokit/*' }],
  [{ MODULES: [] }, { MODULES: 'none' }],
  [{ ORIGINS: [], EGRESS: [] }, {}],
  [{ TIMEOUT: undefined }, {}],
  [
    { SECRET: 'hunter2', SANDBOX_REQUIRE: ['files', 'network'] },
    { SECRET: 'hunter2', SANDBOX_REQUIRE: 'files,network' },
  ],
  [{ EGRESS_RESOLVE: ['a.example=10.0.0.5:80'] }, { EGRESS_RESOLVE: 'a.example=10.0.0.5:80' }],
];

const WRONG: readonly (readonly [object, Environment])[] = [
  [
    { TIMEOUT: 0, MODULES: ['../x'] },
    { TIMEOUT: '0', MODULES: '../x' },
  ],
  [{ TIMEOUT: 1.5 }, { TIMEOUT: '1.5' }],
  [{ TIMEOUT: Number.NaN }, { TIMEOUT: 'NaN' }],
  [{ LOG_LEVEL: 'loud' }, { LOG_LEVEL: 'loud' }],
  [
    { SANDBOX_MIN_RUNNERS: 5, MAX_CONCURRENCY: 4 },
    { SANDBOX_MIN_RUNNERS: '5', MAX_CONCURRENCY: '4' },
  ],
  [{ EGRESS_HEADERS: { 'a.example': { host: 'b' } } }, { EGRESS_HEADERS: '{"a.example":{"host":"b"}}' }],
  [{ SECRET: 'hunter2\n' }, { SECRET: 'hunter2\n' }],
];

describe('the settings of an embedded service', () => {
  it.each(SAME)('are those of the environment: %j', (given, environment) => {
    expect(settingsOf(given)).toEqual(loadSettings(environment));
  });

  it.each(WRONG)('are refused as in the environment: %j', (given, environment) => {
    const problems = problemsOf(() => settingsOf(given));
    expect(problems).not.toEqual([]);
    expect(problems).toEqual(problemsOf(() => loadSettings(environment)));
  });

  it('read headers for hosts', () => {
    const { EGRESS_HEADERS } = settingsOf({ EGRESS_HEADERS: { 'a.example': { authorization: 'Bearer x' } } });
    expect(EGRESS_HEADERS).toHaveProperty('headersFor');
  });

  it('refuse names that are not settings, and those of listening, which the application does itself', () => {
    expect(problemsOf(() => settingsOf({ TIMEOT: 1, PORT: 1 } as object))).toEqual([
      'TIMEOT: not a setting of JavascriptdModule',
      'PORT: not a setting of JavascriptdModule',
    ]);
  });

  it('do not read the environment', () => {
    process.env['TIMEOUT'] = '7';
    expect(settingsOf({}).TIMEOUT).toBe(3000);
    delete process.env['TIMEOUT'];
  });

  it('are taken as they are when they were loaded already', () => {
    const settings = loadSettings({ PORT: '0' });
    expect(settingsOf(asLoaded(settings))).toBe(settings);
  });
});
