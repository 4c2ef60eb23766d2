import { takeEnvironment } from '../../../src/config/environment.js';

describe('takeEnvironment', () => {
  it('takes secrets away from the process and leaves the rest', () => {
    const given = {
      SECRET: 'hush',
      SECRET_FILE: 'hush?',
      PORT: '1',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=hush',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'authorization=hush',
    };
    const variables = { ...given };
    expect(takeEnvironment(variables)).toEqual(given);
    expect(variables).toEqual({ PORT: '1', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c' });
  });
});
