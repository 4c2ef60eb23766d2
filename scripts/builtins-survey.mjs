import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { GLOBALS, MODULES } from './builtins-probes.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const RUNNER = here('../test/support/module-runner.mjs');
const REFERENCE = here('../test/support/node-reference.mjs');
const RUNNER_FLAGS = ['--experimental-vm-modules', '--frozen-intrinsics', '--no-warnings'];

/**
 * Lists what an object has, two levels deep and with the members of classes: `path` and kind. A text, since it
 * is evaluated on both sides.
 */
const LIST = `((root) => {
  const found = [];
  const inherent = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'constructor', 'super_']);
  const kindOf = (holder, key) => {
    try { return typeof holder[key] } catch { return 'undefined' }
  };
  const walk = (holder, path, depth) => {
    for (const key of Object.getOwnPropertyNames(holder)) {
      if (key.startsWith('_') || inherent.has(key) && typeof holder === 'function' || key === 'constructor') continue;
      const kind = path.endsWith('prototype') ? (key in holder ? 'member' : 'undefined') : kindOf(holder, key);
      if (kind === 'undefined') continue;
      found.push(path + key);
      if (path.endsWith('prototype.') || depth === 0) continue;
      const value = holder[key];
      if (typeof value === 'function' && value.prototype) walk(value.prototype, path + key + '.prototype.', 0);
      if ((typeof value === 'function' || typeof value === 'object') && value !== null && !Array.isArray(value)) walk(value, path + key + '.', depth - 1);
    }
  };
  walk(root, '', 1);
  if (typeof root === 'function' && root.prototype) walk(root.prototype, 'prototype.', 0);
  return JSON.stringify(found);
})`;

/** What Node has, and we have not, and in what we behave otherwise, by module. */
export function survey(node = process.execPath) {
  const questions = [
    ...MODULES.map(({ name, probes }) => ({
      name,
      list: `${LIST}(require(${JSON.stringify(name)}))`,
      probes,
    })),
    { name: 'globals', list: `${LIST}(globalThis)`, probes: GLOBALS },
  ];
  const expressions = questions.flatMap(({ list, probes }) => [list, ...probes]);
  const ours = answersOfContexts(node, expressions);
  const nodes = lines(node, ['--no-warnings', REFERENCE], expressions);
  let at = 0;
  return questions.map(({ name, probes }) => {
    const missing = missingOf(name, nodes[at], ours[at]);
    at += 1;
    const differing = probes.filter(() => JSON.stringify(nodes[at]) !== JSON.stringify(ours[at++]));
    return { name, missing, probes: probes.length, differing };
  });
}

function missingOf(name, nodeList, ourList) {
  if (typeof nodeList !== 'string' || !nodeList.startsWith('[')) return [];
  const ours = new Set(ourList?.startsWith('[') ? JSON.parse(ourList) : []);
  const missing = JSON.parse(nodeList).filter((path) => !ours.has(path));
  const gone = new Set(missing);
  // What is below something that is missing need not be said.
  return missing.filter((path) => {
    const parts = path.split('.');
    return !parts.some((_, index) => index > 0 && gone.has(parts.slice(0, index).join('.')));
  });
}

const code = (expression) =>
  `(async () => { try { const late = new Promise((resolve) => setTimeout(resolve, 2000, 'no answer')); return (await Promise.race([late, (0, eval)(${JSON.stringify(expression)})])) ?? null } catch (error) { return 'threw ' + error.name + ' ' + error.code } })()`;

function answersOfContexts(node, expressions) {
  const executions = expressions.map((expression) => ({ modules: ['*'], code: code(expression) }));
  return lines(node, [...RUNNER_FLAGS, RUNNER], { packages: [], executions }).map(({ ok, error }) =>
    error === undefined ? (ok ?? null) : `failed ${error.message}`,
  );
}

function lines(node, args, input) {
  const { stdout, stderr, status } = spawnSync(node, args, {
    input: JSON.stringify(input),
    encoding: 'utf8',
    env: {},
    timeout: 100_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${args.at(-1)} ended with ${status}: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
