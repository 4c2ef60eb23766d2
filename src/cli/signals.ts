import { constants } from 'node:os';
import { EXIT_CODES } from './exit-codes.js';

/** Signal handlers of a service. */
export interface SignalActions {
  /** Called at the first SIGTERM or SIGINT; the process then exits with code 0, or 70 if this rejects. */
  readonly stop: () => Promise<void>;
  /** Called at each SIGHUP. */
  readonly reload: () => Promise<void>;
  /** Called with the error if either rejects. */
  readonly failed: (error: unknown) => void;
}

/** `npm start` forwards a Ctrl-C that the terminal also sent to the child. A user is slower than that. */
const SAME_SIGNAL_MS = 500;

/** Handles signals until the process exits. A second SIGTERM or SIGINT exits at once, with the conventional code 128 + n. */
export function handleSignals({ stop, reload, failed }: SignalActions): void {
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
