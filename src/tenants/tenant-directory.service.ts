import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { hashesOf, type Identity } from '../auth/index.js';
import { SettingsError } from '../config/index.js';
import type { TenantPolicy } from '../runtime/index.js';
import type { Tenants } from './tenant.js';
import { TenantsFile } from './tenants-file.js';

/** Interval of polling the file: file system events miss mounted volumes and changed symbolic links. */
const POLL_MS = 1000;

/** The identity behind one secret. */
interface Grant extends Identity {
  revoked: boolean;
}

/**
 * The tenants in effect: those of the file, or of its last valid version while it is invalid. Of their secrets, only
 * hashes are kept.
 */
@Injectable()
export class TenantDirectory implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('Tenants');
  #tenants: Tenants;
  /** By the hash of the secret. A client cannot choose the hash, so the time of a lookup reveals nothing. */
  #grants: ReadonlyMap<string, Grant> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #problem: string | undefined;

  private constructor(
    private readonly file: TenantsFile,
    tenants: Tenants,
    private version: string,
  ) {
    this.#tenants = tenants;
    this.#grant();
  }

  /** @throws SettingsError if the file is invalid: there are no previous tenants to keep */
  static async open(file: TenantsFile): Promise<TenantDirectory> {
    // First, so that no change is missed.
    const version = await file.version();
    return new TenantDirectory(file, file.read(), version);
  }

  /** Why the tenants in effect are not those of the file; `undefined` if they are. */
  get problem(): string | undefined {
    return this.#problem;
  }

  identityOf(presented: string): Identity | undefined {
    const [asText, asBytes] = hashesOf(presented);
    return this.#grants.get(asText) ?? this.#grants.get(asBytes);
  }

  policyOf(name: string): TenantPolicy | undefined {
    return this.#tenants.get(name)?.policy;
  }

  onModuleInit(): void {
    this.#schedulePoll();
  }

  onModuleDestroy(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Reads the file now. An invalid file changes nothing and is logged. */
  reload(): void {
    try {
      this.#tenants = this.file.read();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.#problem = error.message;
      this.#logger.error(`the previous tenants stay in effect: ${error.problems.join('; ')}`);
      return;
    }
    this.#problem = undefined;
    const revoked = this.#grant();
    this.#logger.log(`tenants in effect: ${this.#tenants.size}; secrets revoked: ${revoked}`);
  }

  /** @returns the number of revoked secrets */
  #grant(): number {
    const before = this.#grants;
    const grants = new Map<string, Grant>();
    for (const { name: tenant, hashes } of this.#tenants.values())
      for (const hash of hashes) {
        const known = before.get(hash);
        grants.set(hash, known?.tenant === tenant ? known : { tenant, revoked: false });
      }
    this.#grants = grants;
    const gone = [...before].filter(([hash, grant]) => grants.get(hash) !== grant);
    for (const [, grant] of gone) grant.revoked = true;
    return gone.length;
  }

  #schedulePoll(): void {
    this.#timer = setTimeout(() => void this.#poll(), POLL_MS).unref();
  }

  /** Polls the file once, and schedules the next poll whatever fails. */
  async #poll(): Promise<void> {
    try {
      const version = await this.file.version();
      if (this.#timer === undefined) return;
      if (version !== this.version) {
        this.version = version;
        this.reload();
      }
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.#problem)
        this.#logger.error(`the tenants file could not be checked; trying again: ${problem}`);
      this.#problem = problem;
      // Matches no version, so the file is read again.
      this.version = '';
    }
    if (this.#timer !== undefined) this.#schedulePoll();
  }
}
