import { delimiter } from 'node:path';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { AuthModule, type AuthOptions, type SecretSource } from './auth/index.js';
import type { Settings } from './config/index.js';
import { ConfiguredEgress } from './configured-egress.provider.js';
import { EgressModule, type EgressOptions } from './egress/index.js';
import { NO_HEADERS } from './egress-policy/index.js';
import { HttpModule, type HttpOptions } from './http/index.js';
import { HealthModule, ObservabilityModule, type Observability } from './observability/index.js';
import { RuntimeModule, type RuntimeOptions, type TenantPolicies } from './runtime/index.js';
import { reservedOf, SandboxModule, type SandboxOptions } from './sandbox/index.js';

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
    const runtime = runtimeModule(moduleDirs, egress, await tenantParts(settings));
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
      }),
    }),
    sandbox: SandboxModule.forRootAsync({
      inject,
      egress: ConfiguredEgress,
      imports: [egress],
      useFactory: (config: Config): Partial<SandboxOptions> => ({
        modules: config.get('MODULES', { infer: true }),
        moduleDirs,
        nodePath: config.get('SANDBOX_NODE', { infer: true }),
        requiredGuarantees: config.get('SANDBOX_REQUIRE', { infer: true }) ?? [],
        toolDirs: config.get('SANDBOX_TOOLS', { infer: true }).split(delimiter),
        firstUid: config.get('SANDBOX_UID', { infer: true }),
        maxMemoryBytes: config.get('SANDBOX_MEMORY', { infer: true }) * 2 ** 20,
        maxHeapBytes: mebibytes(config.get('SANDBOX_HEAP', { infer: true })),
        maxCpuMs: config.get('SANDBOX_CPU', { infer: true }),
        isolation: config.get('SANDBOX_ISOLATION', { infer: true }),
        addons: config.get('SANDBOX_ADDONS', { infer: true }),
        webAssembly: config.get('SANDBOX_WEBASSEMBLY', { infer: true }),
        maxCodeBytes: config.get('SANDBOX_MAX_CODE_BYTES', { infer: true }),
        maxGlobalsBytes: config.get('SANDBOX_MAX_GLOBALS_BYTES', { infer: true }),
        maxResultBytes: config.get('SANDBOX_MAX_RESULT_BYTES', { infer: true }),
        maxDepth: config.get('SANDBOX_MAX_DEPTH', { infer: true }),
        maxConsoleLines: config.get('SANDBOX_MAX_CONSOLE_LINES', { infer: true }),
        maxConsoleBytes: config.get('SANDBOX_MAX_CONSOLE_BYTES', { infer: true }),
        widest: {
          maxCpuMs: config.get('LIMITS_MAX_CPU', { infer: true }),
          maxResultBytes: config.get('LIMITS_MAX_RESULT_BYTES', { infer: true }),
          maxConsoleLines: config.get('LIMITS_MAX_CONSOLE_LINES', { infer: true }),
          maxConsoleBytes: config.get('LIMITS_MAX_CONSOLE_BYTES', { infer: true }),
        },
        consoleExcess: config.get('SANDBOX_CONSOLE_EXCESS', { infer: true }),
        minRunners: config.get('SANDBOX_MIN_RUNNERS', { infer: true }),
        maxRunners: config.get('MAX_CONCURRENCY', { infer: true }),
        // `SECRET` makes one tenant, which may have all. Of several, none is to find all taken, not even the first time.
        reservedRunners:
          config.get('SECRETS_FILE', { infer: true }) === undefined
            ? 0
            : reservedOf(config.get('MAX_CONCURRENCY', { infer: true })),
        queueSize: config.get('QUEUE_SIZE', { infer: true }),
        queueTimeoutMs: config.get('QUEUE_TIMEOUT', { infer: true }),
        maxExecutionsPerRunner: config.get('SANDBOX_MAX_EXECUTIONS', { infer: true }),
        idleTimeoutMs: config.get('SANDBOX_IDLE_TIMEOUT', { infer: true }),
      }),
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

function mebibytes(given: number | undefined): number | undefined {
  return given === undefined ? undefined : given * 2 ** 20;
}
