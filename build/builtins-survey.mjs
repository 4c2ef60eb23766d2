import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { GLOBALS, MODULES } from './builtins-probes.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const RUNNER = here('../test/support/module-runner.mjs');
const REFERENCE = here('../test/support/node-reference.mjs');
const RUNNER_FLAGS = ['--experimental-vm-modules', '--no-warnings'];

/**
 * Lists the paths of what an object has, two levels deep and with the members of classes. A text, since it is
 * evaluated on both sides. What Node keeps for itself and what the language has are left out.
 */
const LIST = `((root) => {
  const found = [];
  const inherent = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'constructor', 'super_', 'withoutStackTrace']);
  const walk = (holder, path, depth, isPrototype) => {
    for (const key of Object.getOwnPropertyNames(holder)) {
      if (key.startsWith('_') || key === 'constructor' || (typeof holder === 'function' && inherent.has(key))) continue;
      const value = isPrototype ? undefined : holder[key];
      if (!isPrototype && value === undefined) continue;
      found.push(path + key);
      if (depth === 0 || value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
      if (typeof value === 'function' && value.prototype) walk(value.prototype, path + key + '.prototype.', 0, true);
      if (!Array.isArray(value)) walk(value, path + key + '.', depth - 1, false);
    }
  };
  walk(root, '', 1, false);
  if (typeof root === 'function' && root.prototype) walk(root.prototype, 'prototype.', 0, true);
  return found;
})`;
/** Which of these paths an object has not. */
const ABSENT = `((root, paths) => paths.filter((path) => {
  const keys = path.split('.');
  const last = keys.pop();
  let holder = root;
  for (const key of keys) {
    holder = holder?.[key];
    if (holder === null || holder === undefined) return true;
  }
  return !(last in Object(holder)) || (!path.includes('prototype.') && holder[last] === undefined);
}))`;
/** Names of the global object that a module has too, that the language has, or that are of this very program. */
const GLOBAL_NAMES =
  '(() => { const own = Object.getOwnPropertyNames(globalThis).filter((name) => !/^(?:require|console|globalThis|undefined|NaN|Infinity|global|GLOBAL|zz)$/.test(name)); return own })()';

/** What Node has, and we have not, and in what we behave otherwise, by module. */
export function survey(node = process.execPath) {
  const subjects = [
    ...MODULES.map(({ name, probes }) => ({ name, root: `require(${JSON.stringify(name)})`, probes })),
    { name: 'globals', root: 'globalThis', probes: GLOBALS },
  ];
  const listed = lines(
    node,
    ['--no-warnings', REFERENCE],
    [
      ...subjects.map(({ name, root }) => (name === 'globals' ? GLOBAL_NAMES : `${LIST}(${root})`)),
      ...subjects.flatMap(({ probes }) => probes),
    ],
  );
  const answered = answersOfContexts(node, [
    ...subjects.map(({ root }, index) => `${ABSENT}(${root}, ${JSON.stringify(listOf(listed[index]))})`),
    ...subjects.flatMap(({ probes }) => probes),
  ]);
  let at = subjects.length;
  return subjects.map(({ name, probes }, index) => {
    const missing = isList(answered[index]) ? highest(answered[index]) : ['(the module)'];
    const differing = probes.filter(() => JSON.stringify(listed[at]) !== JSON.stringify(answered[at++]));
    const isThere = isList(listed[index]);
    return isThere
      ? { name, missing, probes: probes.length, differing }
      : { name, missing: [], probes: 0, differing: [] };
  });
}

const isList = (value) => Array.isArray(value);
/** Empty where the Node has no such module. */
const listOf = (value) => (isList(value) ? value : []);

/** What is below something that is missing need not be said. */
function highest(paths) {
  const gone = new Set(paths);
  return paths.filter((path) => {
    const keys = path.split('.');
    return !keys.some((_, index) => index > 0 && gone.has(keys.slice(0, index).join('.')));
  });
}

/** The text of a script that answers as the reference does. */
const codeOf = (expression) =>
  `(async () => { try { const late = new Promise((resolve) => setTimeout(resolve, 2000, 'no answer')); return (await Promise.race([late, (0, eval)(${JSON.stringify(expression)})])) ?? null } catch (error) { return 'threw ' + error.name + ' ' + error.code } })()`;

function answersOfContexts(node, expressions) {
  const executions = expressions.map((expression) => ({ modules: ['*'], code: codeOf(expression) }));
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
