import { readFileSync } from 'node:fs';

/** The version in package.json, two folders up in both `src` and `dist`. */
export function versionText(): string {
  const file = new URL('../../package.json', import.meta.url);
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}
