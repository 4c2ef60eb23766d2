/**
 * Runs cases in plain Node, one after the other: the reference that the service is compared with. CommonJS, so that no
 * frame of this program has a URL, which cases look for.
 * Usage: node plain-node.cjs <folder with node_modules> <cases, file of JSON>; prints a JSON list of `{value, console}` or
 * `{error, console}`, in the order of the cases.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');

const [folder, cases] = process.argv.slice(2);
const write = process.stdout.write.bind(process.stdout);
const requireThere = createRequire(path.join(folder, 'script.cjs'));

let printed = '';
process.stdout.write = (text, ...rest) => {
  printed += Buffer.from(text).toString();
  if (rest.length > 0) process.nextTick(rest.at(-1));
  return true;
};
process.on('unhandledRejection', () => {});
// A script of the service has it in a module, too.
globalThis.require = requireThere;
void run();

async function run() {
  const answers = [];
  for (const { name, payload } of JSON.parse(readFileSync(cases, 'utf8'))) {
    printed = '';
    const answer = await answerOf(name, payload);
    // Callbacks of writes.
    await new Promise((resolve) => setImmediate(resolve));
    answers.push({ ...answer, console: printed });
  }
  write(JSON.stringify(answers), () => process.exit());
}

async function answerOf(name, { code, call }) {
  const file = path.join(folder, `${name}.${isCommonJs(code) ? 'cjs' : 'mjs'}`);
  const declared = `typeof ${call} === 'function' ? ${call} : undefined`;
  writeFileSync(file, `${code}\n;globalThis.declared = ${declared};\n`);
  try {
    const exported = file.endsWith('.mjs')
      ? await import(pathToFileURL(file).href)
      : { default: requireThere(file) };
    const callee = exported[call] ?? exported.default?.[call] ?? globalThis.declared ?? exported.default;
    return { value: (await called(callee)) ?? null };
  } catch (error) {
    return { error: described(error) };
  }
}

/** In a turn of its own, since the order of ticks and promises depends on the caller. */
function called(callee) {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        const returned = callee(resolve);
        if (callee.length === 0) resolve(returned);
      } catch (error) {
        reject(error);
      }
    });
  });
}

function isCommonJs(code) {
  try {
    void new Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`);
    return true;
  } catch {
    return false;
  }
}

/** The place is that of the first frame, whatever name a `sourceURL` comment gave the file. */
function described(error) {
  if (typeof error !== 'object' || error === null) return { name: String(error), message: String(error) };
  const { name = 'Error', message, stack } = error;
  // A message may look like frames: those of the stack come after it.
  const frames = String(stack).slice(String(stack).lastIndexOf(message) + String(message).length);
  const [, line, column] = /:(\d+):(\d+)\)?$/m.exec(frames) ?? [];
  return {
    name,
    ...(typeof message === 'string' && { message }),
    ...(line !== undefined && { line: Number(line), column: Number(column) }),
  };
}
