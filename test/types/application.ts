/** Uses every export of `javascriptd` as an application does; `test/integration/embedding/declarations.spec.ts` compiles it. */
import {
  Injectable,
  Module,
  UseGuards,
  type DynamicModule,
  type INestApplication,
  type Type,
} from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import * as javascriptd from 'javascriptd';
import type {
  Admission,
  AllowlistSource,
  AskedLimits,
  AuthOptions,
  CatalogueEntry,
  Ceiling,
  Clock,
  CodePackResult,
  OutputLimits,
  ConsoleLevel,
  ConsoleLine,
  Delivery,
  AuthResult,
  AuthRequest,
  DuplexErrorBody,
  EarlyRefusal,
  Egress,
  EgressCount,
  EgressExchange,
  EgressFailure,
  EgressHead,
  EgressModuleAsyncOptions,
  EgressOptions,
  EgressOutcome,
  EgressPolicy,
  EgressReply,
  EgressRequest,
  EgressSession,
  PendingRequest,
  ExecuteRequest,
  Execution,
  ExecutionObserver,
  ExecutionOptionsDto,
  ExecutionRecord,
  ExecutionWatcher,
  Guarantee,
  Handler,
  HeaderRules,
  HostAddress,
  HttpAdapterOptions,
  HttpModuleAsyncOptions,
  HttpOptions,
  Identity,
  Isolation,
  JavascriptdParts,
  JavascriptdSettings,
  Language,
  Limit,
  LimitOptions,
  Limits,
  ModuleState,
  NameSources,
  ObservabilityOptions,
  Outcome,
  PinnedHost,
  PreparedRequest,
  ProtocolObserver,
  ProtocolOptions,
  RecordedMethod,
  Refusal,
  Result,
  RunnerEnd,
  RunnerTally,
  RuntimeOptions,
  SandboxModuleAsyncOptions,
  SandboxOptions,
  SandboxParts,
  SandboxReport,
  SandboxState,
  Script,
  ScriptRequest,
  ScriptTexts,
  SettingName,
  Settings,
  Settlement,
  TenantEgress,
  TenantLimits,
  TenantPolicy,
  TenantRate,
  Text,
  TextParts,
  Thrown,
  Unanswered,
  Usage,
} from 'javascriptd';
import {
  AddressRules,
  Allowlist,
  asText,
  AUTH_OPTIONS,
  Authenticator,
  AuthModule,
  bytesOf,
  Channel,
  ceilingOf,
  channelOf,
  CodeCache,
  ConfiguredAllowlist,
  UnsafeFolderError,
  warmCodeCache,
  ConfiguredEgress,
  ConfiguredSecret,
  CurrentChannel,
  DEFAULT_AUTH_OPTIONS,
  DEFAULT_EGRESS_OPTIONS,
  DEFAULT_PROTOCOL_OPTIONS,
  DEFAULT_RUNTIME_OPTIONS,
  DEFAULT_SANDBOX_OPTIONS,
  DEFAULT_TENANT,
  describeFault,
  DIRECT_BYTES,
  DuplexAdapter,
  DuplexError,
  DuplexErrorFilter,
  DuplexGateway,
  EGRESS_OPTIONS,
  EGRESS_OUTCOMES,
  EgressModule,
  EgressPolicyError,
  EgressProvider,
  EgressService,
  errorOf,
  examineSandbox,
  excessesOf,
  ExecutionFeed,
  FairScheduler,
  guaranteeLine,
  GUARANTEES,
  GuaranteesMissingError,
  hashesOf,
  hashOf,
  HealthModule,
  HostLookup,
  HttpAdapter,
  HttpModule,
  InstalledModules,
  isForeignOrigin,
  isLongerThan,
  isRefusedEarly,
  isSameSecret,
  JavascriptdModule,
  jsonParts,
  JsonText,
  MACHINE_NAMES,
  MemoryBudget,
  missingLayersLine,
  ModuleAllowlistProvider,
  ModuleSurvey,
  NAME_SOURCES,
  NO_HEADERS,
  NoEgress,
  Observability,
  ObservabilityModule,
  parseEgress,
  parseHeaderRules,
  parsePinnedHost,
  Peer,
  piecesOf,
  portOf,
  PreparedScripts,
  PreparePipe,
  processLevelLine,
  ProcessSandboxService,
  PROTOCOL_ERRORS,
  reportTable,
  narrow,
  reservedOf,
  serviceCeiling,
  SYSTEM_CLOCK,
  retryAfterMsOf,
  RUNNER_ENDS,
  RunnerStartError,
  RUNTIME_ERRORS,
  RUNTIME_OPTIONS,
  RuntimeGateway,
  RuntimeModule,
  RuntimeService,
  SANDBOX_OPTIONS,
  SandboxBusyError,
  SandboxClosedError,
  SandboxGuarantees,
  SandboxModule,
  SandboxService,
  SandboxStatus,
  scanInTurns,
  scanJson,
  ScriptDto,
  ScriptPipe,
  SECRET_HEADER,
  SecretGuard,
  SecretSource,
  ServiceLogger,
  SETTING_NAMES,
  SettingsError,
  sizeOf,
  SystemLookup,
  TenantAllowances,
  TenantPolicies,
  workInTurns,
} from 'javascriptd';

class Secrets extends SecretSource {
  override readonly open = false;
  override async tenantOf(presented: string | undefined): Promise<Identity | string | undefined> {
    const [asWritten, asBytes] = hashesOf(presented ?? '');
    if (presented === undefined || asWritten !== asBytes) return undefined;
    return isSameSecret(presented, hashOf('secret'))
      ? { tenant: DEFAULT_TENANT, revoked: false }
      : DEFAULT_TENANT;
  }
}

@Injectable()
class Policies extends TenantPolicies {
  readonly #limits: TenantLimits = { timeout: 500, cpu: 100, isolation: 'process' };
  readonly #rate: TenantRate = { perSecond: 5, burst: 10 };
  override policyOf(tenant: string): TenantPolicy | undefined {
    return tenant === ''
      ? undefined
      : { modules: ['path'], limits: this.#limits, concurrency: 2, rate: this.#rate };
  }
}

class OwnAllowlist extends ModuleAllowlistProvider {
  override modulesFor(tenant: string): readonly string[] {
    return [tenant, 'path'];
  }
}

class OwnLookup extends HostLookup {
  override async addressesOf(host: string, signal?: AbortSignal): Promise<readonly HostAddress[]> {
    return signal?.aborted === true ? [] : [{ address: host, port: 443 }];
  }
}

class OwnEgress extends EgressProvider {
  override egressFor(): Egress {
    return { open: () => new Refusing() };
  }
}

const nothing = (): void => undefined;

class Refusing implements EgressSession {
  request({ url }: EgressRequest, reply: EgressReply): EgressExchange {
    reply.failed({ code: 'ENOTFOUND', message: url });
    return { write: nothing, end: nothing, abort: nothing, pause: nothing, resume: nothing };
  }
  close(): void {}
}

class OwnSandbox extends SandboxService {
  override async run(
    execution: Execution,
    cancelled?: AbortSignal,
    watcher?: ExecutionWatcher,
  ): Promise<Outcome> {
    const { call }: Script = execution.script;
    const isolation: Isolation | undefined = execution.isolation;
    const limits: AskedLimits | undefined = execution.limits;
    const line: ConsoleLine = { level: 'log' satisfies ConsoleLevel, time: 0, text: call ?? isolation ?? '' };
    await watcher?.console?.(line);
    if (cancelled?.aborted === true) return { kind: 'cancelled', console: [line.text] };
    if (limits?.maxCpuMs === 0) return { kind: 'exhausted', limit: 'memory' satisfies Limit, console: [] };
    const thrown: Thrown = { name: 'Error', message: 'no', line: 1 };
    const usage: Usage = { queuedMs: 0, startMs: 0, runMs: 1, cpuMs: 1, memoryBytes: 1 };
    return call === undefined
      ? { kind: 'threw', thrown, console: [] }
      : { kind: 'returned', value: textOf(execution.script.code), timeMs: 1, usage, console: [] };
  }
}

class OwnProcessSandbox extends ProcessSandboxService {
  override async run(execution: Execution): Promise<Outcome> {
    return super.run({ ...execution, isolation: 'process' });
  }
}

function textOf(text: Text): string {
  return text instanceof JsonText ? String(text.parse()) : text;
}

const settings: JavascriptdSettings = {
  TIMEOUT: 1000,
  METRICS: false,
  LOG_LEVEL: 'warn',
  SANDBOX_REQUIRE: ['files'],
  EGRESS: ['api.github.com'],
  EGRESS_RESOLVE: ['api.github.com=10.0.0.5'],
  EGRESS_HEADERS: { 'api.github.com': { authorization: 'Bearer x' } },
};
// @ts-expect-error a list, and not its text
export const wrongList: JavascriptdSettings = { MODULES: 'lodash' };
// @ts-expect-error an application listens by itself
export const wrongName: JavascriptdSettings = { PORT: 1 };

const parts: JavascriptdParts = {
  secrets: Secrets,
  policies: Policies,
  allowlist: OwnAllowlist,
  lookup: OwnLookup,
  egress: OwnEgress,
  sandbox: OwnSandbox,
  imports: [],
  moduleDirs: [],
  http: false,
  health: false,
};

const whole: Promise<DynamicModule> = JavascriptdModule.forRoot(settings, parts);
const egress: DynamicModule = EgressModule.forRootAsync({
  useFactory: () => ({
    pinnedHosts: [parsePinnedHost('a.example=10.0.0.1')],
    headers: parseHeaderRules('{}'),
  }),
  lookup: SystemLookup,
} satisfies EgressModuleAsyncOptions);
const auth = AuthModule.forRoot({ secret: 'x', origins: [], secrets: ConfiguredSecret });
const sandboxParts: SandboxParts = {
  allowlist: ConfiguredAllowlist,
  egress: NoEgress,
  sandbox: OwnProcessSandbox,
};
const sandbox = SandboxModule.forRoot({ minRunners: 1, ...sandboxParts });
const runtime = RuntimeModule.forRoot({ timeoutMs: 500, auth, sandbox, policies: Policies });
const http = HttpModule.forRootAsync({
  imports: [runtime],
  useFactory: (): HttpOptions => ({ shutdownGraceMs: 1000, version: '1.0.0' }),
} satisfies HttpModuleAsyncOptions);
const health = HealthModule.forRoot({ imports: [runtime] });
const options: ObservabilityOptions = { version: '1.0.0', metrics: true };

@DuplexGateway('/own')
@UseGuards(SecretGuard)
export class OwnGateway {
  @SubscribeMessage(asText('own.method'))
  method(
    @MessageBody() payload: JsonText,
    @ConnectedSocket() peer: Peer,
    @CurrentChannel() channel: Channel,
  ): Result {
    if (peer.closed.aborted || channel.settled) throw new DuplexError(1, 'gone');
    return { value: payload.parse(), console: [], time: 1 };
  }
}

@Module({ imports: [whole, egress, runtime, http, health], providers: [OwnGateway] })
export class AppModule {}

export async function attach(app: INestApplication): Promise<DynamicModule> {
  JavascriptdModule.setup(app, { pingIntervalMs: 1000 });
  const authenticator = app.get(Authenticator);
  const admit = async (request: AuthRequest): Promise<Admission> => {
    const result: AuthResult = await authenticator.authenticate(request);
    return result;
  };
  const protocol: Partial<ProtocolOptions> = { admit, memory: new MemoryBudget(1e6), observer };
  app.useWebSocketAdapter(new DuplexAdapter(app, protocol));
  app
    .get(ExecutionFeed)
    .watch({ executed: ({ outcome }: ExecutionRecord) => void outcome } satisfies ExecutionObserver);
  const { policy }: { policy: EgressPolicy } = app.get(EgressService);
  const open: TenantEgress | undefined = app.get(EgressService).egressOf('tenant', policy);
  open?.open();
  const state: SandboxState = app.get(SandboxStatus).state;
  const report: SandboxReport | undefined = app.get(SandboxGuarantees).report;
  if (report !== undefined)
    reportTable(report).concat(...report.guarantees.map(guaranteeLine), state.problem ?? '');
  const modules: readonly ModuleState[] = await app.get(ModuleSurvey).modulesOf(['*']);
  await app.get(InstalledModules).reload();
  const made: CodePackResult[] = [];
  const cacheFolder: string | undefined = app.get(CodeCache).folder;
  await warmCodeCache({ codeCacheDir: cacheFolder }, (result) => made.push(result), 2).catch(
    (error: unknown) => {
      if (!(error instanceof UnsafeFolderError)) throw error;
    },
  );
  void modules;
  return ObservabilityModule.forRoot({
    observability: await Observability.open(options),
    imports: [runtime],
  });
}

const observer: ProtocolObserver = {
  opened: nothing,
  closed: nothing,
  refused: nothing,
  received: nothing,
  sent: nothing,
  settled: ({ method, code }: Settlement) => void [method, code],
};

export const adapter = new HttpAdapter({ maxBodyBytes: 2 ** 20 } satisfies HttpAdapterOptions);

/** The rest has a name, and a type that is not `any`. */
type IsAny<T> = 0 extends 1 & T ? true : false;
type Anys<T> = { [Name in keyof T]: IsAny<T[Name]> extends true ? Name : never }[keyof T];
export const noneIsAny: [Anys<typeof javascriptd>] extends [never] ? true : never = true;

export type Types = [
  AuthOptions,
  EgressFailure,
  EgressHead,
  ExecutionOptionsDto,
  Language,
  CatalogueEntry,
  Ceiling,
  Clock,
  OutputLimits,
  Delivery,
  DuplexErrorBody,
  EarlyRefusal,
  EgressCount,
  EgressOptions,
  EgressOutcome,
  AllowlistSource,
  Unanswered,
  PendingRequest,
  ExecuteRequest,
  Guarantee,
  Handler,
  HeaderRules,
  LimitOptions,
  Limits,
  NameSources,
  PinnedHost,
  PreparedRequest,
  RecordedMethod,
  Refusal,
  RunnerEnd,
  RunnerTally,
  RuntimeOptions,
  SandboxModuleAsyncOptions,
  SandboxOptions,
  ScriptRequest,
  ScriptTexts,
  SettingName,
  Settings,
  TextParts,
];

export const classes: readonly (Type | (abstract new (...args: never[]) => unknown))[] = [
  AddressRules,
  Allowlist,
  ConfiguredEgress,
  DuplexErrorFilter,
  EgressPolicyError,
  FairScheduler,
  GuaranteesMissingError,
  PreparedScripts,
  PreparePipe,
  RunnerStartError,
  RuntimeGateway,
  RuntimeService,
  SandboxBusyError,
  SandboxClosedError,
  ScriptDto,
  ScriptPipe,
  ServiceLogger,
  SettingsError,
  TenantAllowances,
];

export const values = {
  AUTH_OPTIONS,
  bytesOf,
  ceilingOf,
  channelOf,
  DEFAULT_AUTH_OPTIONS,
  DEFAULT_EGRESS_OPTIONS,
  DEFAULT_PROTOCOL_OPTIONS,
  DEFAULT_RUNTIME_OPTIONS,
  DEFAULT_SANDBOX_OPTIONS,
  describeFault,
  DIRECT_BYTES,
  EGRESS_OPTIONS,
  EGRESS_OUTCOMES,
  errorOf,
  examineSandbox,
  excessesOf,
  GUARANTEES,
  isForeignOrigin,
  isLongerThan,
  isRefusedEarly,
  jsonParts,
  MACHINE_NAMES,
  missingLayersLine,
  NAME_SOURCES,
  NO_HEADERS,
  parseEgress,
  piecesOf,
  portOf,
  processLevelLine,
  PROTOCOL_ERRORS,
  narrow,
  reservedOf,
  serviceCeiling,
  SYSTEM_CLOCK,
  retryAfterMsOf,
  RUNNER_ENDS,
  RUNTIME_ERRORS,
  RUNTIME_OPTIONS,
  SANDBOX_OPTIONS,
  scanInTurns,
  scanJson,
  SECRET_HEADER,
  SETTING_NAMES,
  sizeOf,
  workInTurns,
};
