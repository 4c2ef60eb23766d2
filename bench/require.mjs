// What a package costs the first script that requires it, and each later one, beside plain Node.
// Usage: npm run bench:require [-- rounds]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installedFolder } from '../test/packages/installed.mjs';
import { startService } from '../test/packages/service.mjs';

const PACKAGES = ['lodash', 'moment', 'axios', 'cheerio', 'zod'];
const rounds = Number(process.argv[2] ?? 15);
const folder = installedFolder();

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Plain Node: the first `require` of a new process, and then again without its cache of modules, V8's code kept. */
function inNode(name) {
  const program = `
    const require = process.getBuiltinModule('node:module').createRequire(${JSON.stringify(join(folder, 'script.js'))});
    const times = [];
    for (let i = 0; i <= ${rounds}; i++) {
      for (const key of Object.keys(require.cache)) delete require.cache[key];
      const started = performance.now();
      require(${JSON.stringify(name)});
      times.push(performance.now() - started);
    }
    console.log(JSON.stringify(times))`;
  const firsts = [];
  let agains = [];
  for (let i = 0; i < 3; i++) {
    const { stdout } = spawnSync(process.execPath, ['--no-warnings', '-e', program], { encoding: 'utf8' });
    const [first, ...again] = JSON.parse(stdout.trim().split('\n').at(-1));
    firsts.push(first);
    agains = again;
  }
  return { first: median(firsts), again: median(agains) };
}

/** The service: the first fresh context of a new runner process, and the later ones. */
async function inService(name) {
  const code = `function run(cb) { const started = performance.now(); require(${JSON.stringify(name)}); cb(performance.now() - started); }`;
  const firsts = [];
  let agains = [];
  for (let i = 0; i < 3; i++) {
    const service = await startService(join(folder, 'node_modules'));
    const times = [];
    for (let n = 0; n <= rounds; n++) {
      const { result, error } = await service.execute({ code, call: 'run' });
      if (error !== undefined) throw new Error(`${name}: ${JSON.stringify(error)}`);
      times.push(result.value);
    }
    await service.stop();
    firsts.push(times[0]);
    agains = times.slice(1);
  }
  return { first: median(firsts), again: median(agains) };
}

const lines = [];
for (const name of PACKAGES) {
  const node = inNode(name);
  const ours = await inService(name).catch((error) => ({ error }));
  lines.push(
    ours.error === undefined
      ? `| ${name} | ${node.first.toFixed(1)} | ${ours.first.toFixed(1)} | ${(ours.first / node.first).toFixed(2)} | ${node.again.toFixed(1)} | ${ours.again.toFixed(1)} | ${(ours.again / node.again).toFixed(2)} |`
      : `| ${name} | ${node.first.toFixed(1)} | ${ours.error.message} | | ${node.again.toFixed(1)} | | |`,
  );
}
console.log(`| package | Node, new process | here, new runner | ratio | Node, compiled | here, next context | ratio |
| --- | --: | --: | --: | --: | --: | --: |
${lines.join('\n')}

Milliseconds of \`require\`, medians; "compiled": again without the cache of modules, V8's code kept.`);
