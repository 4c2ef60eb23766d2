import { readFileSync } from 'node:fs';

/** The version in package.json, which lies two folders up in the source tree and in the built one. */
export function versionText(): string {
  const file = new URL('../../package.json', import.meta.url);
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}
