import { stat } from 'node:fs/promises';
import { SettingsError, textOfFile } from '../config/index.js';
import type { Ceiling } from '../runtime/index.js';
import { parseTenants } from './parse-tenants.js';
import type { Tenants } from './tenant.js';

const MAX_BYTES = 4 * 1024 * 1024;

/** The file of the setting `SECRETS_FILE`, as it is whenever it is looked at. */
export class TenantsFile {
  /** @param ceiling the widest that the limits of a tenant may be */
  constructor(
    private readonly path: string,
    private readonly ceiling: Ceiling,
  ) {}

  /** @throws SettingsError, with a line for each thing that is wrong, and no secret in any */
  read(): Tenants {
    const problems: string[] = [];
    const text = textOfFile(this.path, MAX_BYTES, (problem) => problems.push(problem));
    const parsed = text === undefined ? undefined : parseTenants(text, this.ceiling);
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
