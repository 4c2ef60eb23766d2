import {
  Inject,
  Module,
  type DynamicModule,
  type INestApplication,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { ConfigModule, getConfigToken, registerAs } from '@nestjs/config';
import { Authenticator, AuthModule, type AuthOptions, type SecretSource } from './auth/index.js';
import { versionText } from './cli/index.js';
import {
  moduleDirs,
  optionsOf,
  type OptionTarget,
  type SettingOptions,
  type Settings,
} from './config/index.js';
import { ConfiguredEgress, EgressModule, type EgressOptions, type HostLookup } from './egress/index.js';
import { HttpModule, type HttpOptions } from './http/index.js';
import { settingsOf, type JavascriptdSettings, type LoadedSettings } from './javascriptd-settings.js';
import { MemoryBudget } from './memory-budget/index.js';
import { HealthModule, Observability, ObservabilityModule } from './observability/index.js';
import { DuplexAdapter, type ProtocolOptions } from './protocol/index.js';
import { RuntimeModule, type RuntimeOptions, type TenantPolicies } from './runtime/index.js';
import {
  SandboxModule,
  type EgressProvider,
  type ModuleAllowlistProvider,
  type SandboxOptions,
  type SandboxService,
} from './sandbox/index.js';
import { ceilingOfSettings, sandboxOptionsOf } from './sandbox-options.js';

/** The parts of the service that an application may replace or leave out. */
export interface JavascriptdParts {
  /** Decides which modules a tenant's scripts may `require`. @default the setting MODULES */
  readonly allowlist?: Type<ModuleAllowlistProvider>;
  /** Knows the secrets and their tenants. @default the settings SECRET and SECRETS_FILE */
  readonly secrets?: Type<SecretSource>;
  /** Knows what each tenant may use. @default the setting SECRETS_FILE */
  readonly policies?: Type<TenantPolicies>;
  /** Runs the scripts. @default ProcessSandboxService */
  readonly sandbox?: Type<SandboxService>;
  /** Decides where a tenant's scripts may send requests. @default the setting EGRESS */
  readonly egress?: Type<EgressProvider>;
  /** Resolves the host names of these requests. @default SystemLookup */
  readonly lookup?: Type<HostLookup>;
  /** Modules whose exports these providers inject. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** Folders of installed packages. @default SANDBOX_MODULES_DIR, NODE_PATH and the global folder of npm */
  readonly moduleDirs?: readonly string[];
  /** Log, metrics and traces. @default the settings NOLOGS, LOG_LEVEL, LOG_FORMAT and METRICS; no traces */
  readonly observability?: Observability;
  /** Serves `/v1/execute`, `/v1/prepare` and `/openapi.json`, which needs the `HttpAdapter`. @default true */
  readonly http?: boolean;
  /** Serves `/livez` and `/readyz`. @default true */
  readonly health?: boolean;
}

type Imports = NonNullable<ModuleMetadata['imports']>;

/** The options of each module that settings may define. */
interface Options extends Record<OptionTarget, object> {
  readonly auth: AuthOptions;
  readonly ceilings: SandboxOptions['widest'];
  readonly egress: EgressOptions;
  readonly runtime: RuntimeOptions;
  readonly sandbox: SandboxOptions;
}

type None<Name extends never> = Name;
/** Does not compile if the settings table names an option that its module does not have. */
export type UnknownOption = None<
  { [Target in OptionTarget]: Exclude<keyof SettingOptions[Target], keyof Options[Target]> }[OptionTarget]
>;

/** Injection token of {@link Settings}, under a name of their own: an application has settings, too. */
const SETTINGS = getConfigToken('javascriptd');

/** The whole service in a Nest application; the `javascriptd` binary is this module and nothing else. */
@Module({})
export class JavascriptdModule {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly observability: Observability,
    private readonly authenticator: Authenticator,
    private readonly memory: MemoryBudget,
  ) {}

  /**
   * @param settings by the names of the environment variables, which are not read here
   * @throws SettingsError at once, with one line for each wrong setting
   */
  static forRoot(
    settings: JavascriptdSettings | LoadedSettings = {},
    parts: JavascriptdParts = {},
  ): Promise<DynamicModule> {
    return composed(settingsOf(settings), parts);
  }

  /**
   * Sets the WebSocket adapter of an application that imports this module. Call it before `listen`.
   * @param protocol options beside those of the settings
   */
  static setup(app: INestApplication, protocol: Partial<ProtocolOptions> = {}): void {
    const { settings, observability, authenticator, memory } = app.get(JavascriptdModule);
    app.useWebSocketAdapter(
      new DuplexAdapter(app, {
        admit: (request) => authenticator.authenticate(request),
        memory,
        maxFrameBytes: settings.MAX_FRAME_BYTES,
        shutdownGraceMs: settings.SHUTDOWN_GRACE,
        ...(observability.metrics === undefined ? {} : { observer: observability.metrics.wire }),
        ...protocol,
      }),
    );
  }
}

async function composed(settings: Settings, parts: JavascriptdParts): Promise<DynamicModule> {
  // Under a name, and not `ConfigModule.forRoot`, which would change what the application's own ConfigService reads.
  const config = ConfigModule.forFeature(registerAs('javascriptd', () => settings));
  const imports = [config, ...(parts.imports ?? [])];
  const observability = parts.observability ?? (await observabilityOf(settings));
  const egress = egressModule(imports, parts);
  const runtime = await runtimeModule(settings, imports, egress, parts);
  const http = parts.http === false ? [] : [httpModule([config, runtime])];
  return {
    module: JavascriptdModule,
    imports: [
      config,
      egress,
      runtime,
      ...(parts.health === false ? [] : [HealthModule.forRoot({ imports: [runtime] })]),
      ...http,
      ObservabilityModule.forRoot({ observability, imports: [runtime, egress] }),
    ],
    providers: [{ provide: Observability, useValue: observability }],
    exports: [egress, runtime],
  };
}

function observabilityOf({ NOLOGS, LOG_LEVEL, LOG_FORMAT, METRICS }: Settings): Promise<Observability> {
  return Observability.open({
    version: versionText(),
    log: NOLOGS ? undefined : { level: LOG_LEVEL, format: LOG_FORMAT },
    metrics: METRICS,
  });
}

function egressModule(imports: Imports, { lookup }: JavascriptdParts): DynamicModule {
  return EgressModule.forRootAsync({
    imports,
    inject: [SETTINGS],
    lookup,
    useFactory: (settings: Settings): Partial<EgressOptions> => optionsOf('egress', settings),
  });
}

async function runtimeModule(
  settings: Settings,
  given: Imports,
  egress: DynamicModule,
  parts: JavascriptdParts,
): Promise<DynamicModule> {
  const tenants = await tenantParts(settings);
  const { allowlist, sandbox, secrets = tenants.secrets, policies = tenants.policies } = parts;
  const imports = [...given, ...tenants.imports];
  const dirs = parts.moduleDirs ?? (await moduleDirs(settings, {}));
  const inject = [SETTINGS];
  return RuntimeModule.forRootAsync({
    inject,
    imports,
    ...(policies !== undefined && { policies }),
    useFactory: (all: Settings): Partial<RuntimeOptions> => optionsOf('runtime', all),
    auth: AuthModule.forRootAsync({
      inject,
      imports,
      ...(secrets !== undefined && { secrets }),
      useFactory: (all: Settings): Partial<AuthOptions> => ({
        ...optionsOf('auth', all),
        hosts: [all.HOST, ...(all.HOSTS ?? [])],
      }),
    }),
    sandbox: SandboxModule.forRootAsync({
      ...(allowlist !== undefined && { allowlist }),
      ...(sandbox !== undefined && { sandbox }),
      egress: parts.egress ?? ConfiguredEgress,
      imports: [...imports, egress],
      inject,
      useFactory: (all: Settings): Partial<SandboxOptions> =>
        sandboxOptionsOf(all, dirs, secrets !== undefined),
    }),
  });
}

/** The tenants file; nothing where there is none: what reads YAML is not loaded then. */
async function tenantParts(
  settings: Settings,
): Promise<{ readonly imports: Imports } & Pick<JavascriptdParts, 'secrets' | 'policies'>> {
  const { SECRETS_FILE: path } = settings;
  if (path === undefined) return { imports: [] };
  const { FilePolicies, FileSecrets, TenantsFile, TenantsModule } = await import('./tenants/index.js');
  const file = new TenantsFile(path, ceilingOfSettings(settings));
  return { imports: [TenantsModule.forRoot(file)], secrets: FileSecrets, policies: FilePolicies };
}

function httpModule(imports: Imports): DynamicModule {
  return HttpModule.forRootAsync({
    imports,
    inject: [SETTINGS],
    useFactory: ({ SHUTDOWN_GRACE }: Settings): HttpOptions => ({
      shutdownGraceMs: SHUTDOWN_GRACE,
      version: versionText(),
    }),
  });
}
