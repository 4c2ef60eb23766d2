import type { AddressInfo, Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { Logger } from '@nestjs/common';
import { networkLine, readyLine, startWarnings, versionText, warnings } from '../index.js';
import { compose } from '../../compose.js';
import type { Settings, Tracing } from '../../config/index.js';
import { Observability } from '../../observability/index.js';
import {
  guaranteeLine,
  InstalledModules,
  missingLayersLine,
  processLevelLine,
  SandboxGuarantees,
  type SandboxReport,
} from '../../sandbox/index.js';

/** A service that listens. */
export interface Service {
  /** Takes nothing new, answers what runs, closes; rejects when that takes too long. Once, however often called. */
  readonly stop: () => Promise<void>;
  /** Reads the lists of installed packages, and the file of tenants, again. */
  readonly reload: () => Promise<void>;
}

/** After the grace, what connections and runner processes may take to end; then the process ends without them. */
const CLOSE_MS = 5000;
/**
 * What the gateway allocates for a call is garbage soon after: to wake threads for so little takes more than it saves, on cores
 * that are for scripts. V8 reads this flag at each collection.
 */
const SCAVENGES_ALONE = '--no-parallel-scavenge';

/**
 * Starts the service; it listens when this resolves.
 * @param moduleDirs folders of installed packages
 * @param tracing absent: no traces
 * @throws SettingsError when the file of tenants is wrong, the system's error when the address cannot be listened on
 */
export async function serve(
  settings: Settings,
  moduleDirs: readonly string[],
  tracing?: Tracing,
): Promise<Service> {
  setFlagsFromString(SCAVENGES_ALONE);
  const observability = await Observability.open({
    version: versionText(),
    log: settings.NOLOGS ? undefined : { level: settings.LOG_LEVEL, format: settings.LOG_FORMAT },
    metrics: settings.METRICS,
    tracing,
  });
  const app = await compose(settings, moduleDirs, observability);
  const log = new Logger();
  for (const line of startWarnings(settings, process.constrainedMemory())) log.warn(line);
  try {
    await app.listen(settings.PORT, settings.HOST);
  } catch (error) {
    // The sandbox's runner processes are up by now and must not outlive a start that failed.
    await app.close();
    throw error;
  }
  const listening = addressOf(app.getHttpServer());
  for (const line of warnings(settings, listening)) log.warn(line);
  tellGuarantees(app.get(SandboxGuarantees).report, settings);
  new Logger('Egress').log(networkLine(settings));
  log.log(readyLine(listening));
  const stop = async (): Promise<void> => {
    log.log('stopping');
    const isClosed = await Promise.race([
      app.close().then(() => true),
      delay(settings.SHUTDOWN_GRACE + CLOSE_MS, false, { ref: false }),
    ]);
    if (!isClosed) throw new Error('connections or runner processes did not end in time');
  };
  let stopping: Promise<void> | undefined;
  return {
    stop: () => (stopping ??= stop()),
    reload: async () => {
      if (settings.SECRETS_FILE !== undefined) {
        const { TenantDirectory } = await import('../../tenants/index.js');
        app.get(TenantDirectory).reload();
      }
      await app.get(InstalledModules).reload();
      log.log('read the lists of installed packages again');
    },
  };
}

function tellGuarantees(
  report: SandboxReport | undefined,
  { SANDBOX_ISOLATION }: Pick<Settings, 'SANDBOX_ISOLATION'>,
): void {
  if (report === undefined) return;
  const log = new Logger('Sandbox');
  for (const guarantee of report.guarantees) {
    if (guarantee.enforced) log.log(guaranteeLine(guarantee));
    else log.warn(guaranteeLine(guarantee));
  }
  const lines = [
    missingLayersLine(report),
    SANDBOX_ISOLATION === 'context' ? processLevelLine(report) : undefined,
  ];
  for (const line of lines) if (line !== undefined) log.log(line);
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address;
}
