import { isatty } from 'node:tty';
import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { BatchedLines } from './batched-lines.js';

export interface LogOptions {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** `undefined`: for people on a terminal, for programs elsewhere. */
  readonly format?: 'json' | 'pretty' | undefined;
}

const STDOUT = 1;
/** Of lines that nobody takes; beyond it they are dropped, and the service goes on. */
const MAX_UNWRITTEN_BYTES = 16 * 1024 * 1024;

/** The log of the service on stdout. What is not yet written is written when the process exits, for whatever reason. */
export async function openLog({
  level,
  format = isatty(STDOUT) ? 'pretty' : 'json',
}: LogOptions): Promise<Logger> {
  return pino(
    {
      level,
      // Process and host are known to whoever collects the lines.
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    format === 'json' ? new BatchedLines(lines()) : await prettyLines(),
  );
}

function lines(): DestinationStream {
  return destination({
    dest: STDOUT,
    sync: false,
    maxLength: MAX_UNWRITTEN_BYTES,
  });
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
