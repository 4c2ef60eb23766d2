import { duplexPair, type Duplex } from 'node:stream';
import { versionText } from './cli/index.js';
import { compose } from './compose.js';
import type { Settings } from './config/index.js';
import { Observability } from './observability/index.js';

/** A service in this process, that listens nowhere. */
export interface EmbeddedService {
  /** A connection to it, through memory. */
  readonly connect: () => Duplex;
  readonly stop: () => Promise<void>;
}

/** Longest interval of a timer: nobody vanishes at the other end of memory, and it counts no bytes. */
const NEVER_MS = 2_147_483_647;

/**
 * Starts the service for callers in this process: authentication, protocol, sandbox and settings as if it listened; no log.
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
  // It runs one script at a time, so one runner process is warm enough; and its callers are nobody's tenants.
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
