import { SettingsError } from '../../../src/config/errors.js';
import { loadTracing } from '../../../src/config/tracing.js';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('loadTracing', () => {
  it.each([
    { why: 'nothing is set', environment: {} },
    { why: 'only a name is set', environment: { OTEL_SERVICE_NAME: 'scripts' } },
    { why: 'the endpoint is empty', environment: { OTEL_EXPORTER_OTLP_ENDPOINT: '' } },
    { why: 'the SDK is disabled', environment: { ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' } },
    { why: 'the exporter is none', environment: { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' } },
  ])('wants no traces when $why', ({ environment }) => {
    expect(loadTracing(environment, {})).toBeUndefined();
  });

  it.each([
    { why: 'an endpoint is set', environment: ENDPOINT },
    {
      why: 'an endpoint of traces is set',
      environment: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c/v1/traces' },
    },
    { why: 'the exporter is otlp', environment: { OTEL_TRACES_EXPORTER: 'otlp' } },
    {
      why: 'the protocol is ours',
      environment: { ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' },
    },
  ])('wants traces when $why', ({ environment }) => {
    expect(loadTracing(environment, {})).toBeDefined();
  });

  it.each([
    {
      environment: { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'zipkin' },
      problem: 'OTEL_TRACES_EXPORTER: invalid value "zipkin"; expected otlp or none',
    },
    {
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      problem: 'OTEL_EXPORTER_OTLP_ENDPOINT: not a valid URL; expected an http or https URL',
    },
    {
      environment: { ...ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc' },
      problem: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "grpc" is not supported; expected http/protobuf',
    },
  ])('refuses what it cannot do: $problem', ({ environment, problem }) => {
    expect(() => loadTracing(environment, {})).toThrow(new SettingsError([problem]));
  });

  it('lends the credentials of the collector for as long as they are used', () => {
    const variables: Record<string, string> = {};
    const tracing = loadTracing({ ...ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: 'authorization=hush' }, variables);
    expect(tracing?.lend(() => ({ ...variables }))).toEqual({
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=hush',
    });
    expect(variables).toEqual({});
    expect(() => tracing?.lend(() => Buffer.alloc(-1))).toThrow('out of range');
    expect(variables).toEqual({});
  });
});
