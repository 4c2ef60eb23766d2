// `npm link` makes the binary executable once; a later build makes a new file, which must be so too.
import { chmodSync } from 'node:fs';

chmodSync(new URL('../dist/main.js', import.meta.url), 0o755);
