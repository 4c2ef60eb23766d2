import { createHash, type Hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JsonText, piecesOf, sizeOf, workInTurns } from '../json-text/index.js';
import { errorOf } from '../protocol/errors.js';
import type { ScriptTexts, Text } from '../sandbox/index.js';
import { RUNTIME_ERRORS } from './errors.js';
import { RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';

interface Kept {
  readonly texts: ScriptTexts;
  readonly bytes: number;
}

/** What a script is counted for beside its texts, so that many small ones are not for nothing. */
const OVERHEAD_BYTES = 1024;

/** Of one tenant: the first one is that unused for longest. */
class Shelf {
  readonly scripts = new Map<string, Kept>();
  bytes = 0;

  put(id: string, kept: Kept): void {
    this.scripts.set(id, kept);
    this.bytes += kept.bytes;
  }

  drop(id: string): number {
    const bytes = this.scripts.get(id)?.bytes ?? 0;
    this.scripts.delete(id);
    this.bytes -= bytes;
    return bytes;
  }
}

/** The scripts that clients have prepared, each its tenant's own. Bounded: those unused for longest are forgotten. */
@Injectable()
export class PreparedScripts {
  readonly #shelves = new Map<string, Shelf>();
  #bytes = 0;

  constructor(@Inject(RUNTIME_OPTIONS) private readonly options: RuntimeOptions) {}

  /** Of all tenants. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether there is room for the script, once others are forgotten. */
  fits(texts: ScriptTexts): boolean {
    return bytesOf(texts) <= Math.min(this.options.preparedTenantBytes, this.options.preparedBytes);
  }

  has(tenant: string, id: string): boolean {
    return this.#shelves.get(tenant)?.scripts.has(id) === true;
  }

  /**
   * The script of an id.
   * @throws DuplexError 1104 when the tenant has none of this id, or has it no more
   */
  find(tenant: string, id: string): ScriptTexts {
    const scripts = this.#shelves.get(tenant)?.scripts;
    const kept = scripts?.get(id);
    if (scripts === undefined || kept === undefined)
      throw errorOf(RUNTIME_ERRORS.unknownScript, { script: id });
    // Moved to the end.
    scripts.delete(id);
    scripts.set(id, kept);
    return kept.texts;
  }

  /** Keeps a script for a tenant, and forgets others where there are too many. */
  keep(tenant: string, id: string, texts: ScriptTexts): void {
    if (this.has(tenant, id)) return void this.find(tenant, id);
    const shelf = this.#shelves.get(tenant) ?? new Shelf();
    const bytes = bytesOf(texts);
    this.#shelves.set(tenant, shelf);
    shelf.put(id, { texts: detached(texts), bytes });
    this.#bytes += bytes;
    while (shelf.bytes > this.options.preparedTenantBytes) this.#forgetOne(shelf);
    // Whoever keeps most gives way: no tenant can make another's be forgotten by preparing many.
    while (this.#bytes > this.options.preparedBytes) this.#forgetOne(this.#fullest());
    for (const [of, { scripts }] of this.#shelves) if (scripts.size === 0) this.#shelves.delete(of);
  }

  #forgetOne(shelf: Shelf): void {
    for (const id of shelf.scripts.keys()) {
      this.#bytes -= shelf.drop(id);
      return;
    }
  }

  #fullest(): Shelf {
    let fullest = new Shelf();
    for (const shelf of this.#shelves.values()) if (shelf.bytes > fullest.bytes) fullest = shelf;
    return fullest;
  }
}

/**
 * The same for the same texts, whoever sends them and however they are escaped: a hash of their JSON.
 * @param account whose turns it takes to hash long texts
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

/** Without the frame in which they came. */
function detached({ code, language, caller }: ScriptTexts): ScriptTexts {
  return { code: copyOf(code), language, caller: caller === undefined ? undefined : copyOf(caller) };
}

function copyOf(text: Text): Text {
  return text instanceof JsonText ? text.detached() : text;
}

function bytesOf({ code, caller = '' }: ScriptTexts): number {
  return OVERHEAD_BYTES + sizeOf(code) + sizeOf(caller);
}
