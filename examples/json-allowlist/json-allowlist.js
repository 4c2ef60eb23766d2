import { readFileSync, statSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { ModuleAllowlistProvider } from 'javascriptd';

/** An allowlist for each tenant, read from a JSON file `{ "<tenant>": ["<module>", ...] }` that may change at any time. */
export class JsonAllowlist extends ModuleAllowlistProvider {
  #logger = new Logger(JsonAllowlist.name);
  #file = process.env.ALLOWLIST ?? new URL('allowlist.json', import.meta.url);
  #lists = new Map();
  #version = '';

  /** Asked once for each execution: one `stat`, and a read when the file has changed. */
  modulesFor(tenant) {
    this.#refresh();
    return this.#lists.get(tenant) ?? [];
  }

  /** A file that cannot be read right now (an editor is writing it, say) leaves the last good lists in force. */
  #refresh() {
    const { mtimeMs, size, ino } = statSync(this.#file, { throwIfNoEntry: false }) ?? {};
    const version = `${mtimeMs} ${size} ${ino}`;
    if (version === this.#version) return;
    this.#version = version;
    try {
      this.#lists = parse(readFileSync(this.#file, 'utf8'));
      this.#logger.log(`read the lists of ${this.#lists.size} tenant(s)`);
    } catch (error) {
      this.#logger.error(`kept the last lists: ${error.message}`);
    }
  }
}

function parse(text) {
  const lists = new Map(Object.entries(JSON.parse(text)));
  for (const [tenant, modules] of lists) {
    if (!Array.isArray(modules) || modules.some((name) => typeof name !== 'string')) {
      throw new Error(`"${tenant}" must be a list of module names`);
    }
  }
  return lists;
}
