import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingsError } from '../../../src/config/errors.js';
import { loadSettings } from '../../../src/config/load-settings.js';

const folder = mkdtempSync(join(tmpdir(), 'javascriptd-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function fileOf(content: string | Uint8Array): string {
  const path = join(folder, `secret-${++count}`);
  writeFileSync(path, content);
  return path;
}

/** What the operator is told, without the part that says what is accepted. */
function problemOf(environment: Readonly<Record<string, string>>): string {
  try {
    loadSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map((line) => line.split(';', 1)[0]).join('|');
    throw error;
  }
  return '';
}

describe('SECRET_FILE', () => {
  it.each([
    ['hush', 'hush'],
    ['hush\n', 'hush'],
    ['hush\r\n', 'hush'],
    ['pässwörd with spaces\n', 'pässwörd with spaces'],
    ['\uFEFFhush', 'hush'],
  ])('holding %j is the secret %j, and the service listens everywhere', (content, secret) => {
    const settings = loadSettings({ SECRET_FILE: fileOf(content) });
    expect(settings).toMatchObject({ SECRET: secret, HOST: '0.0.0.0' });
    expect(settings).not.toHaveProperty('SECRET_FILE');
  });

  it('may be a link, as volumes of Kubernetes have them', () => {
    const link = join(folder, 'link');
    symlinkSync(fileOf('hush\n'), link);
    expect(loadSettings({ SECRET_FILE: link, SECRET: '' }).SECRET).toBe('hush');
  });

  it.each([
    ['', 'the file is empty'],
    ['\n', 'the file is empty'],
    ['hunter2\n\n', 'the value contains a control character, which HTTP headers cannot carry'],
    ['hunter2 \n', 'the value starts or ends with a space, which HTTP strips'],
    ['hunter2'.repeat(2000), 'the file is larger than 8192 bytes'],
    [new Uint8Array([0x68, 0xff]), 'the file is not valid UTF-8'],
  ])('holding %j is refused', (content, problem) => {
    expect(problemOf({ SECRET_FILE: fileOf(content) })).toBe(`SECRET_FILE: ${problem}`);
  });

  it.each([
    ['', 'the value is empty'],
    ['/no/such/hunter2', 'the file does not exist'],
    ['/etc/passwd/hunter2', 'the file cannot be read (ENOTDIR)'],
    [tmpdir(), 'this is not a regular file'],
    ['/dev/zero', 'this is not a regular file'],
  ])('naming %j is refused, without its text', (path, problem) => {
    expect(problemOf({ SECRET_FILE: path })).toBe(`SECRET_FILE: ${problem}`);
  });

  it('beside SECRET is refused', () => {
    expect(problemOf({ SECRET_FILE: fileOf('hush'), SECRET: 'hunter2' })).toBe(
      'SECRET_FILE: cannot be combined with SECRET',
    );
  });
});

describe('SANDBOX_MODULES_DIR', () => {
  it('is refused where this user cannot read it', () => {
    const dir = join(folder, 'packages');
    mkdirSync(dir);
    chmodSync(dir, 0o311);
    chmodSync(folder, 0o711);
    const isRoot = process.geteuid?.() === 0;
    // Root reads everything.
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(problemOf({ SANDBOX_MODULES_DIR: dir })).toBe(
        `SANDBOX_MODULES_DIR: "${dir}" cannot be read by this user`,
      );
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(dir, 0o755);
    }
  });
});
