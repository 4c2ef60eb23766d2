import { duplexPair, type Duplex } from 'node:stream';
import { versionText } from './cli/index.js';
import { compose } from './compose.js';
import type { Settings } from './config/index.js';
import { Observability } from './observability/index.js';

/** A service in this process, without a listening socket. */
export interface EmbeddedService {
  /** Opens an in-memory connection. */
  readonly connect: () => Duplex;
  readonly stop: () => Promise<void>;
}

/** Maximum interval of a timer: an in-memory connection needs no heartbeat, and counts no bytes. */
const NEVER_MS = 2_147_483_647;

/**
 * Starts the service for callers in this process: authentication, protocol, sandbox and settings as usual, but no log.
 * @param moduleDirs folders of installed packages
 * @throws GuaranteesMissingError
 */
export async function embed(settings: Settings, moduleDirs: readonly string[]): Promise<EmbeddedService> {
  const observability = await Observability.open({
    version: versionText(),
    log: undefined,
    metrics: false,
    tracing: undefined,
  });
  // One script runs at a time, so one warm runner process is enough. There are no tenants.
  const own = { ...settings, SANDBOX_MIN_RUNNERS: 1, SECRETS_FILE: undefined };
  const app = await compose(own, moduleDirs, observability, {
    pingIntervalMs: NEVER_MS,
  });
  try {
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    connect: () => {
      const [ours, theirs] = duplexPair();
      app.getHttpServer().emit('connection', ours);
      return theirs;
    },
    stop: () => app.close(),
  };
}
