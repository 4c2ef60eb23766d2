import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { hashesOf, type Identity } from '../auth/index.js';
import { SettingsError } from '../config/index.js';
import type { TenantPolicy } from '../runtime/index.js';
import type { Tenants } from './tenant.js';
import { TenantsFile } from './tenants-file.js';

/** A file is looked at so often, by its time and place: events of a file system miss volumes, and links that are changed. */
const LOOK_MS = 1000;

/** What one secret lets in. */
interface Grant extends Identity {
  revoked: boolean;
}

/**
 * The tenants in force: those of the file, and of the last right one while the file is wrong. Nothing but the hashes of
 * secrets is kept of them.
 */
@Injectable()
export class TenantDirectory implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('Tenants');
  #tenants: Tenants;
  /** By the hash of the secret. Who presents one cannot choose its hash, so looking it up tells nothing by its time. */
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

  /** @throws SettingsError when the file is wrong: nothing is in force yet that could stay so */
  static async open(file: TenantsFile): Promise<TenantDirectory> {
    // First, so that no change goes unseen.
    const version = await file.version();
    return new TenantDirectory(file, file.read(), version);
  }

  /** Why those in force are not those of the file. */
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
    this.#lookLater();
  }

  onModuleDestroy(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Reads the file now. A wrong one changes nothing, and is told. */
  reload(): void {
    try {
      this.#tenants = this.file.read();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.#problem = error.message;
      this.#logger.error(`the tenants of before stay in force: ${error.problems.join('; ')}`);
      return;
    }
    this.#problem = undefined;
    const revoked = this.#grant();
    this.#logger.log(`tenants in force: ${this.#tenants.size}; secrets taken back: ${revoked}`);
  }

  /** @returns how many secrets were taken back */
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

  #lookLater(): void {
    this.#timer = setTimeout(() => void this.#look(), LOOK_MS).unref();
  }

  /** Whatever goes wrong, the file is looked at again. */
  async #look(): Promise<void> {
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
      // Of no file: it is read again.
      this.version = '';
    }
    if (this.#timer !== undefined) this.#lookLater();
  }
}
