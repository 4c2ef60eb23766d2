import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { SandboxModule, SandboxService, type Execution } from 'javascriptd';

const EXECUTION: Execution = {
  script: {
    code: 'function add(cb) { console.log("adding"); cb(a + b) }',
    globals: { a: 1, b: 2 },
    call: 'add',
    caller: undefined,
  },
  modules: [],
  timeoutMs: 1000,
  tenant: 'acme',
};

let module: TestingModule;
let sandbox: SandboxService;
beforeAll(async () => {
  module = await Test.createTestingModule({ imports: [SandboxModule.forRoot({ minRunners: 1 })] }).compile();
  await module.init();
  sandbox = module.get(SandboxService);
});
afterAll(() => module.close());

it('runs a script', async () => {
  expect(await sandbox.run(EXECUTION)).toMatchObject({ kind: 'returned', value: 3, console: ['adding'] });
});

it('ends a script at its deadline', async () => {
  const script = { ...EXECUTION.script, code: 'for (;;);' };
  const outcome = await sandbox.run({ ...EXECUTION, script, timeoutMs: 100 });
  expect(outcome).toMatchObject({ kind: 'timedOut', limit: 'wall' });
});
