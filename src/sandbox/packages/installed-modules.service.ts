import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../sandbox.options.js';
import type { InstalledPackage } from '../boundary/messages.js';
import { installedPackages } from './installed-packages.js';

type ReloadListener = (packages: readonly InstalledPackage[]) => void;

/** The table of packages that scripts can be given: read once at start, and again on {@link reload}. */
@Injectable()
export class InstalledModules implements OnModuleInit {
  #packages: readonly InstalledPackage[] = [];
  #reading: Promise<void>;
  readonly #listeners = new Set<ReloadListener>();

  constructor(@Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions) {
    this.#reading = this.#read();
  }

  get packages(): readonly InstalledPackage[] {
    return this.#packages;
  }

  onModuleInit(): Promise<void> {
    return this.loaded();
  }

  /** Resolves when the last reading asked for is done. */
  loaded(): Promise<void> {
    return this.#reading;
  }

  /** Reads the folders again and tells the listeners. Of overlapping calls, the last one's reading stands. */
  async reload(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    await this.#reading;
    for (const listener of this.#listeners) listener(this.#packages);
  }

  /** Calls `listener` after each reload, not after the first reading; the result takes it off again. */
  onReload(listener: ReloadListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #read(): Promise<void> {
    this.#packages = await installedPackages(this.options.moduleDirs);
  }
}
