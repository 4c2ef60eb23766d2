import { TRACING_SECRETS, type Environment } from './environment.js';
import { SettingsError } from './errors.js';
import { quoted } from './value-kind.js';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] as const;
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] as const;
const ONLY_PROTOCOL = 'http/protobuf';

/** That the operator wants traces; where they go and how many, OpenTelemetry reads in its own variables. */
export interface Tracing {
  /** Runs `use` while this process's environment has the credentials again. */
  readonly lend: <T>(use: () => T) => T;
}

/**
 * Whether traces are wanted, by the standard variables: an OTLP endpoint is set, or `OTEL_TRACES_EXPORTER` is `otlp`.
 * @throws SettingsError for what this service cannot do, rather than to send nothing or elsewhere
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
      : [`OTEL_TRACES_EXPORTER: ${quoted(exporter)} is none of them; accepted: otlp, none`]),
    ...endpoints
      .filter((name) => !/^https?:$/.test(protocolOf(environment[name] ?? '')))
      .map((name) => `${name}: the value is no URL; accepted: an http or https URL`),
    ...PROTOCOLS.filter((name) => isSet(environment[name]) && environment[name] !== ONLY_PROTOCOL).map(
      (name) => `${name}: ${quoted(environment[name] ?? '')} is not spoken here; accepted: ${ONLY_PROTOCOL}`,
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

/** The endpoint may hold a password, so no message shows it. */
function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}
