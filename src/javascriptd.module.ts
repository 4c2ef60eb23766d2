import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { AuthModule, type AuthOptions, type SecretSource } from './auth/index.js';
import type { Settings } from './config/index.js';
import { ConfiguredEgress } from './egress/configured-egress.provider.js';
import { EgressModule, type EgressOptions } from './egress/index.js';
import { NO_HEADERS } from './egress-policy/index.js';
import { HttpModule, type HttpOptions } from './http/index.js';
import { HealthModule, ObservabilityModule, type Observability } from './observability/index.js';
import { RuntimeModule, type RuntimeOptions, type TenantPolicies } from './runtime/index.js';
import { SandboxModule, type SandboxOptions } from './sandbox/index.js';
import { sandboxOptionsOf } from './sandbox-options.js';

type Config = ConfigService<Settings, true>;

/** Where tenants come from. */
interface TenantParts {
  readonly imports: DynamicModule[];
  readonly secrets?: Type<SecretSource>;
  readonly policies?: Type<TenantPolicies>;
}

/** The service's composition: settings in, the features' options out. */
@Module({})
export class AppModule {
  /**
   * @param settings valid already: `main` loads them before anything else, to answer wrong ones in its own words
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
        // Given as a factory and not as `validationSchema`, which would write every value, defaults too, to
        // process.env; nor is process.env read again for what is absent here.
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

/** Nothing for the one tenant of `SECRET`: what reads YAML is not loaded then. */
async function tenantParts(settings: Settings): Promise<TenantParts> {
  const { SECRETS_FILE: path } = settings;
  if (path === undefined) return { imports: [] };
  const { FilePolicies, FileSecrets, TenantsFile, TenantsModule } = await import('./tenants/index.js');
  const file = new TenantsFile(path, settings);
  return { imports: [TenantsModule.forRoot(file)], secrets: FileSecrets, policies: FilePolicies };
}

function egressModule(): DynamicModule {
  return EgressModule.forRootAsync({
    inject: [ConfigService],
    useFactory: (config: Config): Partial<EgressOptions> => ({
      hosts: config.get('EGRESS', { infer: true }) ?? [],
      ranges: config.get('EGRESS_PRIVATE', { infer: true }) ?? [],
      pinnedHosts: config.get('EGRESS_RESOLVE', { infer: true }) ?? [],
      authorities: config.get('EGRESS_CA', { infer: true }),
      headers:
        config.get('EGRESS_HEADERS_FILE', { infer: true }) ??
        config.get('EGRESS_HEADERS', { infer: true }) ??
        NO_HEADERS,
      maxConcurrency: config.get('EGRESS_MAX_CONCURRENCY', { infer: true }),
      maxRequests: config.get('EGRESS_REQUESTS', { infer: true }),
      maxConcurrencyPerExecution: config.get('EGRESS_CONCURRENCY', { infer: true }),
      maxRequestBytes: config.get('EGRESS_REQUEST_BYTES', { infer: true }),
      maxResponseBytes: config.get('EGRESS_RESPONSE_BYTES', { infer: true }),
      headTimeoutMs: config.get('EGRESS_RESPONSE_TIMEOUT', { infer: true }),
      timeoutMs: config.get('EGRESS_TIMEOUT', { infer: true }),
    }),
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
    useFactory: (config: Config): RuntimeOptions => ({
      timeoutMs: config.get('TIMEOUT', { infer: true }),
      memoryBytes: config.get('GATEWAY_MEMORY', { infer: true }) * 2 ** 20,
      preparedBytes: config.get('PREPARED_BYTES', { infer: true }),
      preparedTenantBytes: config.get('PREPARED_TENANT_BYTES', { infer: true }),
      maxTimeoutMs: config.get('LIMITS_MAX_TIMEOUT', { infer: true }),
    }),
    auth: AuthModule.forRootAsync({
      inject,
      imports,
      ...(secrets !== undefined && { secrets }),
      useFactory: (config: Config): AuthOptions => ({
        secret: config.get('SECRET', { infer: true }),
        origins: config.get('ORIGINS', { infer: true }) ?? [],
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
