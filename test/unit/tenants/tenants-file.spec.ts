import { mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingsError } from '../../../src/config/errors.js';
import { loadSettings } from '../../../src/config/load-settings.js';
import { TenantsFile } from '../../../src/tenants/tenants-file.js';

const folder = mkdtempSync(join(tmpdir(), 'javascriptd-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'tenants.yaml');
const fileOf = (environment = {}, at = path): TenantsFile => new TenantsFile(at, loadSettings(environment));

function problemsOf(file: TenantsFile): readonly string[] {
  try {
    file.read();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('the tenants file', () => {
  it.each([
    ['/no/such/hunter2', 'SECRETS_FILE: the file does not exist'],
    ['/etc/passwd/hunter2', 'SECRETS_FILE: the file cannot be read (ENOTDIR)'],
    [tmpdir(), 'SECRETS_FILE: this is not a regular file'],
  ])('that cannot be read is refused, without its path: %s', async (at, problem) => {
    expect(problemsOf(fileOf({}, at))).toEqual([problem]);
  });

  it('may have limits as wide as the settings let them', () => {
    writeFileSync(
      path,
      'tenants: {a: {secrets: [x], limits: {timeout: 9, cpu: 9, memory: 100, result: 2000, console: {lines: 9, bytes: 9}}}}',
    );
    const narrow = {
      TIMEOUT: '8',
      SANDBOX_CPU: '8',
      SANDBOX_MEMORY: '99',
      SANDBOX_MAX_RESULT_BYTES: '1999',
      SANDBOX_MAX_CONSOLE_LINES: '8',
      SANDBOX_MAX_CONSOLE_BYTES: '8',
    };
    expect(problemsOf(fileOf(narrow))).toHaveLength(6);
    const widened = {
      ...narrow,
      SANDBOX_MEMORY: '100',
      LIMITS_MAX_TIMEOUT: '9',
      LIMITS_MAX_CPU: '9',
      LIMITS_MAX_RESULT_BYTES: '2000',
      LIMITS_MAX_CONSOLE_LINES: '9',
      LIMITS_MAX_CONSOLE_BYTES: '9',
    };
    expect(problemsOf(fileOf(widened))).toEqual([]);
  });

  it('has another version after each change that matters, and the same without one', async () => {
    const file = fileOf({}, join(folder, 'link'));
    const versions = [await file.version()];
    const next = async (change: () => void): Promise<void> => {
      change();
      versions.push(await file.version());
    };
    await next(() => symlinkSync('tenants.yaml', join(folder, 'link')));
    await next(() => writeFileSync(path, 'tenants: {}'));
    await next(() => utimesSync(path, 1, 1));
    await next(() => {
      writeFileSync(join(folder, 'new'), 'tenants: {}');
      utimesSync(join(folder, 'new'), 1, 1);
      renameSync(join(folder, 'new'), path);
    });
    await next(() => rmSync(join(folder, 'link')));
    expect(new Set(versions.slice(0, -1)).size).toBe(5);
    expect(versions.at(-1)).toBe(versions[0]);
    expect(await fileOf().version()).toBe(await fileOf().version());
  });
});
