import { stat } from 'node:fs/promises';
import { SettingsError, textOfFile } from '../config/index.js';
import type { Ceiling } from '../runtime/index.js';
import { parseTenants } from './parse-tenants.js';
import type { Tenants } from './tenant.js';

const MAX_BYTES = 4 * 1024 * 1024;

/** The file of the setting `SECRETS_FILE`. */
export class TenantsFile {
  /** @param ceiling upper bounds of the limits of a tenant */
  constructor(
    private readonly path: string,
    private readonly ceiling: Ceiling,
  ) {}

  /** @throws SettingsError with one line for each problem; no line shows a secret */
  read(): Tenants {
    const problems: string[] = [];
    const text = textOfFile(this.path, MAX_BYTES, (problem) => problems.push(problem));
    const parsed = text === undefined ? undefined : parseTenants(text, this.ceiling);
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
