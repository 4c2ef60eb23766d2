import { secretText } from './plain-values.js';
import { secretFile } from './secret-file.js';
import type { Setting } from './setting.js';
import { hiddenPath } from './text-file.js';

/** Who is let in. */
export const DOOR_SETTINGS = {
  SECRET: {
    kind: secretText(),
    without: 'none',
    meaning: 'What clients must send in the header `x-runtime-secret`; without it no secret is asked for.',
    noFlag: 'every user of this machine can read its command lines',
    secret: true,
  },
  SECRET_FILE: {
    kind: secretFile(),
    without: 'none',
    meaning: 'File that holds the secret, in place of `SECRET`; read once, at start.',
    secret: true,
  },
  SECRETS_FILE: {
    kind: hiddenPath('the path of a YAML or JSON file as in docs/tenants.md'),
    without: 'none',
    meaning:
      'File of tenants, each with its secrets and with what it may have, in place of `SECRET`; watched.',
    secret: true,
  },
} as const satisfies Record<string, Setting>;
