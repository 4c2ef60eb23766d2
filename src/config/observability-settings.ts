import { onOff, oneOf } from './plain-values.js';

/** What is told to the operator, and how: a part of the table of settings. */
export const OBSERVABILITY_SETTINGS = {
  NOLOGS: {
    kind: onOff(),
    initial: 'false',
    meaning: 'Silences the log; wrong settings and a failed start are still told.',
  },
  LOG_LEVEL: {
    kind: oneOf('error', 'warn', 'info', 'debug'),
    initial: 'info',
    meaning: 'Least severe lines of the log that are written; each execution has one of `info`.',
  },
  LOG_FORMAT: {
    kind: oneOf('json', 'pretty'),
    without: '`pretty` on a terminal, else `json`',
    meaning: 'Form of the log on stdout: JSON lines for programs, or lines for people.',
  },
  METRICS: {
    kind: onOff(),
    initial: 'true',
    meaning: 'Answers `GET /metrics`, which Prometheus scrapes, to whoever reaches the port.',
  },
} as const;
