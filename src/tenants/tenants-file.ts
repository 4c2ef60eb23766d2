import { stat } from 'node:fs/promises';
import { SettingsError, textOfFile, type Settings } from '../config/index.js';
import type { LimitBounds } from '../runtime/index.js';
import { parseTenants } from './parse-tenants.js';
import type { Tenants } from './tenant.js';

const MAX_BYTES = 4 * 1024 * 1024;

type Limits = Pick<
  Settings,
  | 'TIMEOUT'
  | 'SANDBOX_CPU'
  | 'SANDBOX_MEMORY'
  | 'SANDBOX_MAX_RESULT_BYTES'
  | 'SANDBOX_MAX_CONSOLE_LINES'
  | 'SANDBOX_MAX_CONSOLE_BYTES'
  | 'SANDBOX_ISOLATION'
  | 'LIMITS_MAX_TIMEOUT'
  | 'LIMITS_MAX_HOST_TIME'
  | 'LIMITS_MAX_CPU'
  | 'LIMITS_MAX_RESULT_BYTES'
  | 'LIMITS_MAX_CONSOLE_LINES'
  | 'LIMITS_MAX_CONSOLE_BYTES'
>;

/** The file of the setting `SECRETS_FILE`, as it is whenever it is looked at. */
export class TenantsFile {
  readonly #most: LimitBounds;

  constructor(
    private readonly path: string,
    settings: Limits,
  ) {
    this.#most = {
      timeout: settings.LIMITS_MAX_TIMEOUT ?? settings.TIMEOUT,
      cpu: settings.LIMITS_MAX_CPU ?? settings.SANDBOX_CPU ?? Infinity,
      hostTime: settings.LIMITS_MAX_HOST_TIME,
      memory: settings.SANDBOX_MEMORY,
      result: settings.LIMITS_MAX_RESULT_BYTES ?? settings.SANDBOX_MAX_RESULT_BYTES,
      lines: settings.LIMITS_MAX_CONSOLE_LINES ?? settings.SANDBOX_MAX_CONSOLE_LINES,
      bytes: settings.LIMITS_MAX_CONSOLE_BYTES ?? settings.SANDBOX_MAX_CONSOLE_BYTES,
      isolation: settings.SANDBOX_ISOLATION,
    };
  }

  /** @throws SettingsError, with a line for each thing that is wrong, and no secret in any */
  read(): Tenants {
    const problems: string[] = [];
    const text = textOfFile(this.path, MAX_BYTES, (problem) => problems.push(problem));
    const parsed = text === undefined ? undefined : parseTenants(text, this.#most);
    if (parsed?.kind === 'parsed') return parsed.tenants;
    throw new SettingsError(
      [...problems, ...(parsed?.problems ?? [])].map((line) => `SECRETS_FILE: ${line}`),
    );
  }

  /** Another text whenever there may be something new to read, links followed: a file's own time and place, or its absence. */
  async version(): Promise<string> {
    try {
      const { dev, ino, size, mtimeNs, ctimeNs } = await stat(this.path, { bigint: true });
      return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
    } catch {
      return 'none';
    }
  }
}
