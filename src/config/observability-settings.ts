import { onOff, oneOf } from './plain-values.js';

/** Log and metrics. */
export const OBSERVABILITY_SETTINGS = {
  NOLOGS: {
    kind: onOff(),
    default: 'false',
    description: 'Disables the log; invalid settings and a failed start are still reported.',
  },
  LOG_LEVEL: {
    kind: oneOf('error', 'warn', 'info', 'debug'),
    default: 'info',
    description: 'Minimum severity of log lines; each execution writes a line of `info`.',
  },
  LOG_FORMAT: {
    kind: oneOf('json', 'pretty'),
    defaultNote: '`pretty` on a terminal, else `json`',
    description: 'Format of the log on stdout: JSON lines for programs, or lines for people.',
  },
  METRICS: {
    kind: onOff(),
    default: 'true',
    description:
      'Serves `GET /metrics` for Prometheus, without a secret, to everyone who can reach the port.',
  },
} as const;
