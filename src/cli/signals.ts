import { constants } from 'node:os';
import { EXIT_CODES } from './exit-codes.js';

/** What signals make a service do. */
export interface SignalActions {
  /** At the first SIGTERM or SIGINT; the process then ends with code 0, or 70 when this rejects. */
  readonly stop: () => Promise<void>;
  /** At each SIGHUP. */
  readonly reload: () => Promise<void>;
  /** Told of the error when either rejects. */
  readonly failed: (error: unknown) => void;
}

/**
 * `npm start` passes on to its child a Ctrl-C that the terminal has sent the child too; two people are slower.
 */
const SAME_SIGNAL_MS = 500;

/** Obeys signals until the process ends. A second SIGTERM or SIGINT ends it at once, with the shell's code for it. */
export function obeySignals({ stop, reload, failed }: SignalActions): void {
  let stoppingSince: number | undefined;
  const onStop = (signal: 'SIGINT' | 'SIGTERM'): void => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(128 + constants.signals[signal]);
      return;
    }
    stoppingSince = performance.now();
    stop().then(
      () => process.exit(EXIT_CODES.done.code),
      (error: unknown) => {
        failed(error);
        process.exit(EXIT_CODES.internal.code);
      },
    );
  };
  process.on('SIGINT', onStop).on('SIGTERM', onStop);
  process.on('SIGHUP', () => {
    reload().catch(failed);
  });
}
