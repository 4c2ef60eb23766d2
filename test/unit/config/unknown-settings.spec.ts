import { SETTING_NAMES } from '../../../src/config/settings.js';
import { unknownSettings } from '../../../src/config/unknown-settings.js';

describe('unknownSettings', () => {
  it.each([
    ['SANDBOX_MEMROY', 'SANDBOX_MEMORY'],
    ['LIMITS_MAX_TIMEOUTS', 'LIMITS_MAX_TIMEOUT'],
    ['QUEUE_SIZ', 'QUEUE_SIZE'],
    ['MAX_CONCURENCY', 'MAX_CONCURRENCY'],
    ['MAX_CONCURENCI', 'MAX_CONCURRENCY'],
    ['SECRET_FLIE', 'SECRET_FILE'],
    ['NO_LOGS', 'NOLOGS'],
    ['MODULE', 'MODULES'],
    ['sandbox_memory', 'SANDBOX_MEMORY'],
  ])('suggests a setting for %s', (name, setting) => {
    expect(unknownSettings([name])).toEqual([`unknown setting ${name}; did you mean ${setting}?`]);
  });

  it.each(['SANDBOX_COLOUR', 'EGRESS_PROXY', 'LIMITS_EVERYTHING'])('warns of the prefix of %s', (name) => {
    expect(unknownSettings([name])).toEqual([`unknown setting ${name}; see javascriptd --help`]);
  });

  it('knows every setting', () => {
    expect(unknownSettings(SETTING_NAMES)).toEqual([]);
  });

  it.each([
    'HOME HOSTNAME HOSTTYPE LANG LOGNAME PATH PWD SHELL SHLVL TERM TMOUT USER',
    'PORTS GHOST LOG_DIR LOG_FILE LOG_LEVELS_URL MAX_MEMORY MODULESHOME CI _',
    'NODE_ENV NODE_OPTIONS NODE_VERSION NODE_EXTRA_CA_CERTS NO_COLOR no_proxy',
    'QUEUE_URL GATEWAY_INTERFACE SECRET_KEY_BASE METRICS_PORT TIMEOUT_MS',
    'OTEL_EXPORTER_OTLP_ENDPOINT npm_config_prefix KUBERNETES_SERVICE_HOST',
    'SANDBOX_SERVICE_HOST SANDBOX_SERVICE_PORT_HTTP SANDBOX_PORT SANDBOX_PORT_80_TCP_ADDR',
  ])('ignores unrelated variables: %s', (names) => {
    expect(unknownSettings(names.split(' '))).toEqual([]);
  });
});
