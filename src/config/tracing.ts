import { TRACING_SECRETS, type Environment } from './environment.js';
import { SettingsError } from './errors.js';
import { quoted } from './value-kind.js';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] as const;
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] as const;
const ONLY_PROTOCOL = 'http/protobuf';

/** Tracing is enabled. OpenTelemetry reads the endpoint and the sampling from its own variables. */
export interface Tracing {
  /** Runs `use` with the credentials back in this process's environment. */
  readonly lend: <T>(use: () => T) => T;
}

/**
 * Decides from the standard variables whether traces are sent: an OTLP endpoint is set, or `OTEL_TRACES_EXPORTER` is
 * `otlp`.
 * @throws SettingsError for an unsupported value, so that traces are not lost silently or sent elsewhere
 */
export function loadTracing(
  environment: Environment,
  variables: NodeJS.ProcessEnv = process.env,
): Tracing | undefined {
  if (environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return undefined;
  const exporter = environment['OTEL_TRACES_EXPORTER'] ?? '';
  if (exporter === 'none') return undefined;
  const endpoints = ENDPOINTS.filter((name) => isSet(environment[name]));
  if (exporter === '' && endpoints.length === 0) return undefined;
  const problems = [
    ...(exporter === '' || exporter === 'otlp'
      ? []
      : [`OTEL_TRACES_EXPORTER: invalid value ${quoted(exporter)}; expected otlp or none`]),
    ...endpoints
      .filter((name) => !/^https?:$/.test(protocolOf(environment[name] ?? '')))
      .map((name) => `${name}: not a valid URL; expected an http or https URL`),
    ...PROTOCOLS.filter((name) => isSet(environment[name]) && environment[name] !== ONLY_PROTOCOL).map(
      (name) => `${name}: ${quoted(environment[name] ?? '')} is not supported; expected ${ONLY_PROTOCOL}`,
    ),
  ];
  if (problems.length > 0) throw new SettingsError(problems);
  return { lend: (use) => lend(environment, variables, use) };
}

function lend<T>(environment: Environment, variables: NodeJS.ProcessEnv, use: () => T): T {
  const lent = TRACING_SECRETS.filter((name) => environment[name] !== undefined);
  for (const name of lent) variables[name] = environment[name];
  try {
    return use();
  } finally {
    for (const name of lent) delete variables[name];
  }
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

/** The endpoint may contain a password, so no message shows it. */
function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}
