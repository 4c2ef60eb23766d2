import { secretText } from './plain-values.js';
import { secretFile } from './secret-file.js';
import type { Setting } from './setting.js';
import { hiddenPath } from './text-file.js';

/** Authentication: who may connect. */
export const AUTH_SETTINGS = {
  SECRET: {
    kind: secretText(),
    defaultNote: 'none',
    description:
      'Secret that clients must send in the header `x-runtime-secret`; if not set, no secret is required.',
    noFlag: 'every user of this machine can read command lines',
    secret: true,
    option: ['auth', 'secret'],
  },
  SECRET_FILE: {
    kind: secretFile(),
    defaultNote: 'none',
    description: 'File that contains the secret, as an alternative to `SECRET`; read once, at startup.',
    secret: true,
  },
  SECRETS_FILE: {
    kind: hiddenPath('the path of a YAML or JSON file, see docs/tenants.md'),
    defaultNote: 'none',
    description:
      'File that lists tenants with their secrets and limits, as an alternative to `SECRET`; reloaded when it changes.',
    secret: true,
  },
} as const satisfies Record<string, Setting>;
