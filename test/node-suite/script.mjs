import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const textOf = (name) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
const HARNESS = [textOf('common.js'), textOf('harness.js')].join('\n');
/** Parts of Node's `common` that are taken as they are, beside our own `common`. */
const HELPERS = ['crypto', 'countdown', 'tick'];
const PARAMETERS = 'exports, require, module, __filename, __dirname';

export const sourceOf = (folder, file) => readFileSync(join(folder, 'parallel', file), 'utf8');

/**
 * The script that runs a test, with `run(report)`: the same text for plain Node and for the service.
 * @param folder - Node's folder `test`
 * @param patience - milliseconds until a test that is not at rest has failed
 */
export function scriptOf(folder, file, patience) {
  const source = sourceOf(folder, file);
  const helpers = HELPERS.filter((name) => source.includes(`../common/${name}'`)).map(
    (name) =>
      `'../common/${name}': ${functionOf(readFileSync(join(folder, 'common', `${name}.js`), 'utf8'))}`,
  );
  return `${HARNESS}
function run(report) {
  runTest({
    test: ${functionOf(source)},
    helpers: {${helpers.join(',')}},
    fixtures: ${JSON.stringify(keysIn(folder, source))},
    file: ${JSON.stringify(file)},
    require,
    patience: ${patience},
    report,
  });
}`;
}

/** A function of the process that a module sees. It gives the module as a function, whose directive stays first. */
const functionOf = (source) => `(process) => function (${PARAMETERS}) {${source}\n}`;

/** Node's keys for tests that a test names, in base64. */
function keysIn(folder, source) {
  if (!source.includes('common/fixtures')) return {};
  const names = new Set(
    [...source.matchAll(/['"`]([\w.-]+\.(?:pem|cer|pfx))['"`]/g)].map(([, name]) => name),
  );
  const path = (name) => join(folder, 'fixtures/keys', name);
  return Object.fromEntries(
    [...names]
      .filter((name) => existsSync(path(name)))
      .map((name) => [name, readFileSync(path(name), 'base64')]),
  );
}
