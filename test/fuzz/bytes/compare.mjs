/**
 * The bytes, text and URLs of a context beside those of the Node that runs it, case by case. A case follows from the seed and its
 * number alone; one that differs is printed with its number, and replayed with `--at`.
 * Usage: node test/fuzz/bytes/compare.mjs [--inputs N] [--seconds N] [--seed S] [--at I]
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { VmContext } from '../../../dist/sandbox/runner/script/vm-context.js';
import { ModuleHost } from '../../../dist/sandbox/runner/modules/index.js';

const PROGRAM = readFileSync(new URL('./cases.js', import.meta.url), 'utf8');
const BATCH = 500;

function inNode() {
  globalThis.require = createRequire(import.meta.url);
  return runInThisContext(PROGRAM);
}

function inContext() {
  const context = new VmContext(new ModuleHost([]), false);
  context.open({ returned() {}, threw() {}, console() {} }, ['*'], GLOBALS);
  return context.evaluate(PROGRAM, 'cases')();
}

/** As `script-texts.ts` lists the globals that a script mentions. */
const GLOBALS =
  'Buffer:buffer,atob:buffer,btoa:buffer,URL:url,URLSearchParams:url,TextEncoder:text-coding,TextDecoder:text-coding';

/**
 * Runs cases in both.
 * @returns the number of cases, and those that differ, each with what Node and the context came to
 */
export function compare({ seed, inputs, from = 0, maxMs = Infinity, maxDifferences = 20 }) {
  const [node, context] = [inNode(), inContext()];
  const differences = [];
  const end = performance.now() + maxMs;
  let at = from;
  for (; at < from + inputs && performance.now() < end && differences.length < maxDifferences; at += BATCH) {
    const count = Math.min(BATCH, from + inputs - at);
    const [expected, actual] = [node(seed, at, count), context(seed, at, count)];
    if (expected === actual) continue;
    const [ours, theirs] = [JSON.parse(actual), JSON.parse(expected)];
    theirs.forEach((line, index) => {
      if (line !== ours[index]) differences.push({ node: line, context: ours[index] });
    });
  }
  return { cases: at - from, differences };
}

function option(name, otherwise) {
  const index = process.argv.indexOf(`--${name}`);
  return index === -1 ? otherwise : Number(process.argv[index + 1]);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const seed = option('seed', Math.floor(Math.random() * 2 ** 31));
  const { cases, differences } = compare({
    seed,
    inputs: option('inputs', 1_000_000),
    from: option('at', 0),
    maxMs: option('seconds', Infinity) * 1000,
  });
  console.log(`${cases} cases, seed ${seed}, Node ${process.version}: ${differences.length} differences`);
  for (const { node, context } of differences.slice(0, 20))
    console.log(`node    ${node}\ncontext ${context}\n`);
  process.exitCode = differences.length === 0 ? 0 : 1;
}
