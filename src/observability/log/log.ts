import { isatty } from 'node:tty';
import { pino, type DestinationStream, type Logger } from 'pino';
import { Batch } from '../batch.js';
import { PatientWriter } from './patient-writer.js';

export interface LogOptions {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** `undefined`: for people on a terminal, for programs elsewhere. */
  readonly format?: 'json' | 'pretty' | undefined;
}

const STDOUT = 1;
/** Written together, as some 16 kB. */
const BATCH_LINES = 64;
/** The log of the service on stdout. What is not yet written is written when the process exits, for whatever reason. */
export class Log {
  readonly lines: Logger;
  /** Milliseconds since 1970 that the lines written now tell of, when that is not now. */
  moment: number | undefined;

  private constructor(level: LogOptions['level'], stream: DestinationStream) {
    this.lines = pino(
      {
        level,
        // Process and host are known to whoever collects the lines.
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
  const stdout = new PatientWriter(STDOUT);
  const batch = new Batch<string>(BATCH_LINES, (lines) => stdout.write(lines.join('')));
  return { write: (line) => batch.add(line) };
}

/** Loaded only for people. */
async function prettyLines(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    destination: STDOUT,
    sync: true,
    singleLine: true,
    // Node knows of NO_COLOR and the like.
    colorize: isatty(STDOUT) && process.stdout.hasColors(),
  });
}
