import { isatty } from 'node:tty';
import { pino, type DestinationStream, type Logger } from 'pino';
import { Batch } from '../batch.js';
import { NonBlockingWriter } from './non-blocking-writer.js';

export interface LogOptions {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** `undefined`: `pretty` on a terminal, `json` elsewhere. */
  readonly format?: 'json' | 'pretty' | undefined;
}

const STDOUT = 1;
/** Written at once, about 16 kB. */
const BATCH_LINES = 64;

/** The log of the service on stdout. Pending lines are written when the process exits, for any reason. */
export class Log {
  readonly lines: Logger;
  /** Unix time in milliseconds for the next lines; undefined for the current time. */
  moment: number | undefined;

  private constructor(level: LogOptions['level'], stream: DestinationStream) {
    this.lines = pino(
      {
        level,
        // Log collectors add process and host themselves.
        base: null,
        timestamp: () => `,"time":"${new Date(this.moment ?? Date.now()).toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
      },
      stream,
    );
  }

  static async open({ level, format = isatty(STDOUT) ? 'pretty' : 'json' }: LogOptions): Promise<Log> {
    return new Log(level, format === 'json' ? jsonLines() : await prettyLines());
  }
}

function jsonLines(): DestinationStream {
  const stdout = new NonBlockingWriter(STDOUT);
  const batch = new Batch<string>(BATCH_LINES, (lines) => stdout.write(lines.join('')));
  return { write: (line) => batch.add(line) };
}

/** Loaded only for the format `pretty`. */
async function prettyLines(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    destination: STDOUT,
    sync: true,
    singleLine: true,
    // Node respects NO_COLOR and the like.
    colorize: isatty(STDOUT) && process.stdout.hasColors(),
  });
}
