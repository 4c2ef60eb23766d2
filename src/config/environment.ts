import type { Setting } from './setting.js';
import { SETTING_NAMES, SETTINGS } from './settings.js';

/** Credentials for the trace collector; see `loadTracing`. */
export const TRACING_SECRETS = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'] as const;

/** Values by the names of environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Copies this process's environment variables and removes the secret ones from the process, so that no child process
 * (npm, a runner process) inherits them.
 */
export function takeEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const taken = { ...variables };
  for (const name of SETTING_NAMES) {
    const setting: Setting = SETTINGS[name];
    if (setting.secret === true) delete variables[name];
  }
  for (const name of TRACING_SECRETS) delete variables[name];
  return taken;
}
