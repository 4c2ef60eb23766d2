/** What docs/tenants.md shows is a right file, and its hash is one that is known again. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hashOf } from '../../../src/auth/secret.js';
import { loadSettings } from '../../../src/config/load-settings.js';
import { ceilingOfSettings } from '../../../src/sandbox-options.js';
import { parseTenants } from '../../../src/tenants/parse-tenants.js';

const TEXT = readFileSync(new URL('../../../docs/tenants.md', import.meta.url), 'utf8');
const CEILING = ceilingOfSettings(loadSettings({}));

function block(name: string): string {
  const [, text = ''] = new RegExp(`<!-- ${name} -->\\s*\`\`\`\\w+\\n([^]*?)\`\`\``).exec(TEXT) ?? [];
  return text;
}

it('the file of docs/tenants.md is right under the settings as they are', () => {
  const parsed = parseTenants(block('tenants-file'), CEILING);
  expect(parsed.kind === 'parsed' ? [...parsed.tenants.keys()] : parsed.problems).toEqual(['acme', 'beta']);
});

it('the line of docs/tenants.md prints the hash of a secret', () => {
  const secret = 'пароль with spaces';
  const printed = execFileSync('sh', ['-c', block('hash')], {
    env: { ...process.env, secret },
    encoding: 'utf8',
  });
  expect(printed.slice(0, 64)).toBe(hashOf(secret));
});
