import type { Setting } from './setting.js';
import { SETTING_NAMES, SETTINGS } from './settings.js';

/** Credentials of the collector of traces; see `loadTracing`. */
export const TRACING_SECRETS = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'] as const;

/** Texts by the names of environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A copy of this process's variables; the secret ones are then gone from the process itself, so that no child
 * (npm, a runner process) can come to inherit them.
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
