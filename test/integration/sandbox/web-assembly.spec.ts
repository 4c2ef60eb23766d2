/** The setting that lets contexts compile WebAssembly. */
import type { Outcome } from '../../../src/sandbox/index.js';
import { SandboxApp } from '../../support/sandbox-app.js';

/** `(module (memory (export "m") 1) (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))` */
const BYTES = `new Uint8Array([0,97,115,109,1,0,0,0,1,7,1,96,2,127,127,1,127,3,2,1,0,5,3,1,0,1,7,11,2,1,109,2,0,3,97,100,100,0,0,10,9,1,7,0,32,0,32,1,106,11])`;

let app: SandboxApp;

const start = async (webAssembly: boolean): Promise<void> => {
  app = await SandboxApp.start({ webAssembly, minRunners: 1, maxRunners: 1 });
};

function value(outcome: Outcome): unknown {
  if (outcome.kind !== 'returned') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

afterEach(() => app.close());

describe('WebAssembly in a context', () => {
  it('is compiled where the setting says so, in each of its forms', async () => {
    await start(true);
    const body = `(async () => {
      const { instance } = await WebAssembly.instantiate(${BYTES}, {});
      const again = await WebAssembly.instantiate(await WebAssembly.compile(${BYTES}));
      cb([instance.exports.add(2, 3), again.exports.add(4, 5), instance instanceof WebAssembly.Instance]);
    })()`;
    expect(value(await app.run(body))).toEqual([5, 9, true]);
  });

  it('rejects what is no module, with an error of the script’s realm', async () => {
    await start(true);
    const body = `WebAssembly.compile(new Uint8Array(4)).catch((e) => cb([e.name, e instanceof WebAssembly.CompileError]))`;
    expect(value(await app.run(body))).toEqual(['CompileError', true]);
  });

  it('is ended with its execution: nothing is compiled in the time of the next one', async () => {
    await start(true);
    const late = `cb(1); WebAssembly.instantiate(${BYTES}).then(() => { throw new Error('late'); });`;
    expect(value(await app.run(late))).toBe(1);
    expect(value(await app.run('setTimeout(() => cb(2), 50)'))).toBe(2);
  });

  it('counts towards the memory of the script', async () => {
    await start(true);
    const bomb = `const all = []; for (;;) { const m = new WebAssembly.Memory({ initial: 256 }); new Uint8Array(m.buffer).fill(1); all.push(m); }`;
    expect(await app.run(bomb)).toMatchObject({ kind: 'exhausted', limit: 'memory' });
  });

  it('is not compiled by default', async () => {
    await start(false);
    const body = `WebAssembly.instantiate(${BYTES}).then(() => cb('compiled'), (e) => cb(e.name))`;
    expect(value(await app.run(body))).toBe('CompileError');
  });
});
