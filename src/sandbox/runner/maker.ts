/**
 * The maker of code packs: a process that is started like a runner, with the same flags, loads one package of the operator's,
 * and sends what V8 has made of it. No script of a tenant's runs in it, and of the packages only the one that is
 * asked for, with what it loads: a package cannot put its code into the pack of another.
 */
import { Socket } from 'node:net';
import { BUNDLED_BUILTINS, OFFERED_BUILTINS } from '../boundary/builtins.js';
import { BUILTINS_PACK, MAX_PACK_BYTES, type PackRequest } from '../boundary/code-packs.js';
import { FROM_RUNNER } from '../boundary/messages.js';
import { freezeIntrinsics } from './loop/freeze-intrinsics.js';
import { lockdown } from './loop/lockdown.js';
import { listenOnSocket, Pipe } from './loop/pipe.js';
import { encodePack, ModuleHost, REALM_KEY, RecordedCode } from './modules/index.js';
import type { ResultSink } from './script/script-context.js';
import { VmContext } from './script/vm-context.js';

/** Loads a list of modules, each whatever the others do; a package with top-level await loads by `import()` only. */
const LOAD = `async (names) => {
  const problems = [];
  for (const name of JSON.parse(names)) {
    try {
      require(name);
    } catch (error) {
      const cause = error?.cause ?? error;
      if (cause?.code === 'ERR_REQUIRE_ASYNC_MODULE') await import(name).catch((late) => problems.push(String(late)));
      else problems.push(String(cause?.message ?? cause));
    }
  }
  return problems.join();
}`;

const pipe = new Pipe();
lockdown();
freezeIntrinsics();
listenOnSocket(({ text }) => {
  void make(JSON.parse(text) as PackRequest);
}, Socket);
pipe.send(FROM_RUNNER.ready, '');

async function make({ packages, name }: PackRequest): Promise<void> {
  const ofBuiltins = name === BUILTINS_PACK;
  const code = new RecordedCode((key) => key.startsWith(REALM_KEY) === ofBuiltins);
  const context = new VmContext(new ModuleHost(packages, code), false);
  const names = ofBuiltins ? OFFERED_BUILTINS.filter((builtin) => BUNDLED_BUILTINS.has(builtin)) : [name];
  context.open(NOBODY, [...names, ...OFFERED_BUILTINS]);
  const load = context.evaluate(LOAD, 'javascriptd:maker')() as (names: string) => Promise<string>;
  const problem = await load(JSON.stringify(names));
  // What a package has loaded before it failed is not worth keeping: it will fail again.
  if (problem !== '' && !ofBuiltins) return pipe.send(FROM_RUNNER.threw, problem.slice(0, 1000));
  const pack = encodePack(code.files);
  if (pack.length > MAX_PACK_BYTES) pipe.send(FROM_RUNNER.threw, `its code has ${pack.length} bytes`);
  else pipe.sendBytes(FROM_RUNNER.returned, pack);
}

const nothing = (): void => undefined;
/** Gets what a package prints while it loads. */
const NOBODY: ResultSink = {
  returned: nothing,
  unanswered: nothing,
  loading: nothing,
  threw: nothing,
  console: nothing,
  yielded: nothing,
  called: nothing,
  hasEgress: false,
  egress: nothing,
};
