import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AuthModule, Authenticator } from '../../../src/auth/index.js';
import {
  ExecutionFeed,
  RuntimeModule,
  RuntimeService,
  type ExecutionObserver,
  type ExecutionRecord,
} from '../../../src/runtime/index.js';
import {
  ModuleAllowlistProvider,
  SandboxModule,
  SandboxService,
  type Script,
} from '../../../src/sandbox/index.js';
import { FakeSandbox } from '../../support/fake-sandbox.js';

const script: Script = { code: '', globals: {}, call: undefined, caller: undefined };
const sandbox = SandboxModule.forRoot({ sandbox: FakeSandbox, modules: ['lodash'] });

async function executionsOf(
  module: ReturnType<typeof RuntimeModule.forRoot>,
): Promise<FakeSandbox['executions']> {
  const app = await Test.createTestingModule({ imports: [module] }).compile();
  await app.get(RuntimeService).execute(script, 'default');
  return app.get<FakeSandbox>(SandboxService).executions;
}

describe('RuntimeModule', () => {
  it('defaults to a timeout of three seconds and no secret', async () => {
    const app = await Test.createTestingModule({ imports: [RuntimeModule.forRoot({ sandbox })] }).compile();
    await app.get(RuntimeService).execute(script, 'default');
    expect(app.get<FakeSandbox>(SandboxService).executions).toEqual([
      { script, tenant: 'default', modules: ['lodash'], modulesFrom: 'setting', timeoutMs: 3000 },
    ]);
    expect(await app.get(Authenticator).authenticate({ headers: {} })).toMatchObject({ kind: 'admitted' });
  });

  it('reads its settings from a factory, together with a replaced sandbox', async () => {
    class Settings {
      readonly timeout = 4321;
    }
    const module = RuntimeModule.forRootAsync({
      imports: [{ module: Settings, exports: [Settings] }],
      inject: [Settings],
      useFactory: ({ timeout }: Settings) => ({ timeoutMs: timeout }),
      sandbox,
    });
    expect(await executionsOf(module)).toEqual([expect.objectContaining({ timeoutMs: 4321 })]);
  });

  it('uses the application’s own sandbox module', async () => {
    class OwnAllowlist extends ModuleAllowlistProvider {
      override modulesFor(): readonly string[] {
        return ['own'];
      }
    }
    @Module({
      providers: [
        { provide: SandboxService, useClass: FakeSandbox },
        { provide: ModuleAllowlistProvider, useClass: OwnAllowlist },
      ],
      exports: [SandboxService, ModuleAllowlistProvider],
    })
    class OwnSandboxModule {
      readonly name = 'own';
    }
    const module = RuntimeModule.forRoot({ timeoutMs: 5, sandbox: OwnSandboxModule });
    expect(await executionsOf(module)).toEqual([expect.objectContaining({ modules: ['own'], timeoutMs: 5 })]);
  });

  it('exports the runtime service, the authenticator and the sandbox to the application', async () => {
    @Injectable()
    class Feature {
      constructor(
        readonly runtime: RuntimeService,
        readonly authenticator: Authenticator,
        readonly port: SandboxService,
        readonly allowlist: ModuleAllowlistProvider,
      ) {}
    }
    const auth = AuthModule.forRoot({ secret: 's3cret' });
    const app = await Test.createTestingModule({
      imports: [RuntimeModule.forRoot({ auth, sandbox })],
      providers: [Feature],
    }).compile();
    const { runtime, authenticator, port, allowlist } = app.get(Feature);
    expect(await runtime.execute(script, 'default')).toHaveProperty('value', 42);
    expect(await authenticator.authenticate({ headers: {} })).toMatchObject({ kind: 'refused', status: 401 });
    expect(port).toBeInstanceOf(FakeSandbox);
    expect(allowlist.modulesFor('default')).toEqual(['lodash']);
  });

  it('notifies an observer of the application of each execution', async () => {
    @Injectable()
    class Billing implements ExecutionObserver {
      readonly billed: string[] = [];
      constructor(feed: ExecutionFeed) {
        feed.watch(this);
      }
      executed({ tenant, outcome }: ExecutionRecord): void {
        this.billed.push(`${tenant} ${outcome}`);
      }
    }
    const app = await Test.createTestingModule({
      imports: [RuntimeModule.forRoot({ sandbox })],
      providers: [Billing],
    }).compile();
    await app.get(RuntimeService).execute(script, 'red');
    expect(app.get(Billing).billed).toEqual(['red returned']);
  });
});
