import { spawnSync } from 'node:child_process';
import type { InstalledPackage } from '../../src/sandbox/boundary/messages.js';
import { runWithModules } from './modules.js';

/** A claim, and an expression that gives a text or a promise of one. */
export type Claim = readonly [claim: string, expression: string];

/** A test for each claim: its expression gives the same here as in plain Node. */
export function compareClaims(
  moduleDir: string,
  packages: readonly InstalledPackage[],
  claims: readonly Claim[],
): void {
  const expressions = claims.map(([, expression]) => expression);
  const ran = runWithModules(packages, expressions);
  const node = inPlainNode(moduleDir, expressions);
  it.each(claims.map(([claim], index) => ({ claim, node: node[index], ours: ran[index] })))(
    '$claim',
    ({ node: expected, ours }) => {
      expect(expected).not.toMatch(/^THREW/);
      expect(ours?.error).toBeUndefined();
      expect(ours?.ok).toBe(expected);
    },
  );
}

function inPlainNode(moduleDir: string, expressions: readonly string[]): unknown[] {
  const program = `
    globalThis.require = require('node:module').createRequire(${JSON.stringify(`${moduleDir}/script.js`)});
    (async () => { for (const expression of ${JSON.stringify(expressions)}) {
      delete globalThis.runs;
      let value; try { value = await (0, eval)(expression) } catch (e) { value = 'THREW ' + e.stack }
      console.log(JSON.stringify(String(value)));
    } })()`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', '-e', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line) ?? stderr);
}
