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

/** The file of the setting `SECRETS_FILE`. */
export class TenantsFile {
  readonly #ceiling: LimitBounds;

  constructor(
    private readonly path: string,
    settings: Limits,
  ) {
    this.#ceiling = {
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

  /** @throws SettingsError with one line for each problem; no line shows a secret */
  read(): Tenants {
    const problems: string[] = [];
    const text = textOfFile(this.path, MAX_BYTES, (problem) => problems.push(problem));
    const parsed = text === undefined ? undefined : parseTenants(text, this.#ceiling);
    if (parsed?.kind === 'parsed') return parsed.tenants;
    throw new SettingsError(
      [...problems, ...(parsed?.problems ?? [])].map((line) => `SECRETS_FILE: ${line}`),
    );
  }

  /** Changes whenever the content of the file may have changed; follows symbolic links. `none` if the file is missing. */
  async version(): Promise<string> {
    try {
      const { dev, ino, size, mtimeNs, ctimeNs } = await stat(this.path, { bigint: true });
      return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
    } catch {
      return 'none';
    }
  }
}
