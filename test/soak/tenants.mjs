import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const TENANTS = ['steady', 'narrow', 'rated', 'rotated', 'shaped'];

/** The file of tenants, which changes while the service runs. */
export class TenantsFile {
  #folder = mkdtempSync(join(tmpdir(), 'soak-'));
  #rotations = 0;
  #memory = 128;
  path = join(this.#folder, 'tenants.json');

  constructor(random) {
    this.random = random;
    this.rewrite();
  }

  secretOf(tenant) {
    return tenant === 'rotated' ? `rotated-${this.#rotations}` : `secret-of-${tenant}`;
  }

  rewrite() {
    const { random } = this;
    if (random.chance(0.3)) this.#rotations += 1;
    // Rarely: its runner processes are replaced then.
    if (random.chance(0.05)) this.#memory = 128 + random.below(100);
    const tenants = {
      narrow: { concurrency: 2 },
      rated: { rate: { perSecond: 100 + random.below(200), burst: 50 } },
      shaped: {
        limits: { memory: this.#memory, console: { lines: 1000 + random.below(1000) } },
        concurrency: 2 + random.below(6),
      },
    };
    const all = TENANTS.map((name) => [name, { secrets: [this.secretOf(name)], ...tenants[name] }]);
    this.#replace(JSON.stringify({ tenants: Object.fromEntries(all) }));
  }

  /** What the service must refuse as a whole. */
  spoil() {
    this.#replace('{"tenants": {"steady": {"secrets": 5}}}');
  }

  remove() {
    rmSync(this.#folder, { recursive: true });
  }

  #replace(text) {
    writeFileSync(`${this.path}.new`, text);
    renameSync(`${this.path}.new`, this.path);
  }
}
