import { createHash, type Hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JsonText, piecesOf, sizeOf, workInTurns } from '../json-text/index.js';
import { errorOf } from '../protocol/errors.js';
import type { ScriptTexts, Text } from '../sandbox/index.js';
import { RUNTIME_ERRORS } from './errors.js';
import { RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';

interface Entry {
  readonly texts: ScriptTexts;
  readonly bytes: number;
}

/** Charged for each script besides its texts, so that many small scripts are not free. */
const OVERHEAD_BYTES = 1024;

/** The prepared scripts of one tenant, least recently used first. */
class TenantLru {
  readonly scripts = new Map<string, Entry>();
  bytes = 0;

  set(id: string, entry: Entry): void {
    this.scripts.set(id, entry);
    this.bytes += entry.bytes;
  }

  /** @returns the bytes that it frees */
  delete(id: string): number {
    const bytes = this.scripts.get(id)?.bytes ?? 0;
    this.scripts.delete(id);
    this.bytes -= bytes;
    return bytes;
  }
}

/** The prepared scripts of all tenants: an LRU cache per tenant, bounded per tenant and in total. */
@Injectable()
export class PreparedScripts {
  readonly #tenants = new Map<string, TenantLru>();
  #bytes = 0;

  constructor(@Inject(RUNTIME_OPTIONS) private readonly options: RuntimeOptions) {}

  /** Total bytes of all tenants. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether the script fits, if others are evicted. */
  fits(texts: ScriptTexts): boolean {
    return bytesOf(texts) <= Math.min(this.options.preparedTenantBytes, this.options.preparedBytes);
  }

  has(tenant: string, id: string): boolean {
    return this.#tenants.get(tenant)?.scripts.has(id) === true;
  }

  /**
   * Looks up a script.
   * @throws DuplexError 1104 if the tenant has no script with this id, or it was evicted
   */
  find(tenant: string, id: string): ScriptTexts {
    const scripts = this.#tenants.get(tenant)?.scripts;
    const entry = scripts?.get(id);
    if (scripts === undefined || entry === undefined)
      throw errorOf(RUNTIME_ERRORS.unknownScript, { script: id });
    // Moved to the end: most recently used.
    scripts.delete(id);
    scripts.set(id, entry);
    return entry.texts;
  }

  /** Stores a script for a tenant, and evicts others beyond the bounds. */
  keep(tenant: string, id: string, texts: ScriptTexts): void {
    if (this.has(tenant, id)) return void this.find(tenant, id);
    const lru = this.#tenants.get(tenant) ?? new TenantLru();
    const bytes = bytesOf(texts);
    this.#tenants.set(tenant, lru);
    lru.set(id, { texts: detached(texts), bytes });
    this.#bytes += bytes;
    while (lru.bytes > this.options.preparedTenantBytes) this.#evictOne(lru);
    // The tenant with the most bytes loses scripts, so no tenant can evict another's by preparing many.
    while (this.#bytes > this.options.preparedBytes) this.#evictOne(this.#largest());
    for (const [of, { scripts }] of this.#tenants) if (scripts.size === 0) this.#tenants.delete(of);
  }

  #evictOne(lru: TenantLru): void {
    for (const id of lru.scripts.keys()) {
      this.#bytes -= lru.delete(id);
      return;
    }
  }

  #largest(): TenantLru {
    let largest = new TenantLru();
    for (const lru of this.#tenants.values()) if (lru.bytes > largest.bytes) largest = lru;
    return largest;
  }
}

/**
 * The id of a script: a hash of its texts, independent of the client and of escapes in the JSON.
 * @param account key for fair scheduling while long texts are hashed
 */
export async function scriptId({ code, language, caller }: ScriptTexts, account = ''): Promise<string> {
  const hash = createHash('sha256');
  hash.update('[');
  await hashText(hash, code, account);
  hash.update(`,${JSON.stringify(language ?? null)},`);
  await hashText(hash, caller, account);
  return `sha256:${hash.update(']').digest('hex')}`;
}

async function hashText(hash: Hash, text: Text | undefined, account: string): Promise<void> {
  if (text instanceof JsonText) await workInTurns(account, hashPieces(hash, text));
  else hash.update(JSON.stringify(text ?? null));
}

function* hashPieces(hash: Hash, text: JsonText): Generator<void> {
  hash.update('"');
  for (const piece of piecesOf(text)) {
    hash.update(JSON.stringify(piece).slice(1, -1));
    yield;
  }
  hash.update('"');
}

/** Copies that do not retain the frame. */
function detached({ code, language, caller }: ScriptTexts): ScriptTexts {
  return { code: copyOf(code), language, caller: caller === undefined ? undefined : copyOf(caller) };
}

function copyOf(text: Text): Text {
  return text instanceof JsonText ? text.detached() : text;
}

function bytesOf({ code, caller = '' }: ScriptTexts): number {
  return OVERHEAD_BYTES + sizeOf(code) + sizeOf(caller);
}
