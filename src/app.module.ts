import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { AuthModule, type AuthOptions, type SecretSource } from './auth/index.js';
import { optionsOf, type OptionTarget, type SettingOptions, type Settings } from './config/index.js';
import { ConfiguredEgress, EgressModule, type EgressOptions } from './egress/index.js';
import { HttpModule, type HttpOptions } from './http/index.js';
import { HealthModule, ObservabilityModule, type Observability } from './observability/index.js';
import { RuntimeModule, type RuntimeOptions, type TenantPolicies } from './runtime/index.js';
import { SandboxModule, type SandboxOptions } from './sandbox/index.js';
import { ceilingOfSettings, sandboxOptionsOf } from './sandbox-options.js';

type Config = ConfigService<Settings, true>;

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

/** The source of tenants. */
interface TenantParts {
  readonly imports: DynamicModule[];
  readonly secrets?: Type<SecretSource>;
  readonly policies?: Type<TenantPolicies>;
}

/** The composition of the service: makes the options of each module from the settings. */
@Module({})
export class AppModule {
  /**
   * @param settings valid settings; `main` loads them first, to report invalid ones itself
   * @param moduleDirs folders of installed packages
   */
  static async forRoot(
    settings: Settings,
    moduleDirs: readonly string[],
    observability: Observability,
  ): Promise<DynamicModule> {
    const egress = egressModule();
    const runtime = runtimeModule(settings, moduleDirs, egress, await tenantParts(settings));
    return {
      module: AppModule,
      imports: [
        // A factory, not `validationSchema`, which would write every value and default to process.env. Absent values
        // are not looked up in process.env.
        await ConfigModule.forRoot({
          isGlobal: true,
          cache: true,
          ignoreEnvFile: true,
          validatePredefined: false,
          skipProcessEnv: true,
          load: [() => settings],
        }),
        egress,
        runtime,
        HealthModule.forRoot({ imports: [runtime] }),
        httpModule(runtime),
        ObservabilityModule.forRoot({ observability, imports: [runtime, egress] }),
      ],
    };
  }
}

/** Empty for the single tenant of `SECRET`; the YAML parser is not loaded then. */
async function tenantParts(settings: Settings): Promise<TenantParts> {
  const { SECRETS_FILE: path } = settings;
  if (path === undefined) return { imports: [] };
  const { FilePolicies, FileSecrets, TenantsFile, TenantsModule } = await import('./tenants/index.js');
  const file = new TenantsFile(path, ceilingOfSettings(settings));
  return { imports: [TenantsModule.forRoot(file)], secrets: FileSecrets, policies: FilePolicies };
}

/** Reads settings from Nest's configuration. */
function reader(config: Config): (name: keyof Settings) => unknown {
  return (name) => config.get(name, { infer: true });
}

function egressModule(): DynamicModule {
  return EgressModule.forRootAsync({
    inject: [ConfigService],
    useFactory: (config: Config): Partial<EgressOptions> => optionsOf('egress', reader(config)),
  });
}

function runtimeModule(
  settings: Settings,
  moduleDirs: readonly string[],
  egress: DynamicModule,
  { imports, secrets, policies }: TenantParts,
): DynamicModule {
  const inject = [ConfigService];
  return RuntimeModule.forRootAsync({
    inject,
    imports,
    ...(policies !== undefined && { policies }),
    useFactory: (config: Config): Partial<RuntimeOptions> => optionsOf('runtime', reader(config)),
    auth: AuthModule.forRootAsync({
      inject,
      imports,
      ...(secrets !== undefined && { secrets }),
      useFactory: (config: Config): Partial<AuthOptions> => ({
        ...optionsOf('auth', reader(config)),
        hosts: [config.get('HOST', { infer: true }), ...(config.get('HOSTS', { infer: true }) ?? [])],
      }),
    }),
    sandbox: SandboxModule.forRootAsync({
      egress: ConfiguredEgress,
      imports: [egress],
      useFactory: (): Partial<SandboxOptions> => sandboxOptionsOf(settings, moduleDirs),
    }),
  });
}

function httpModule(runtime: DynamicModule): DynamicModule {
  return HttpModule.forRootAsync({
    imports: [runtime],
    inject: [ConfigService],
    useFactory: (config: Config): HttpOptions => ({
      shutdownGraceMs: config.get('SHUTDOWN_GRACE', { infer: true }),
    }),
  });
}
