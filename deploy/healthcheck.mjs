/**
 * The image's HEALTHCHECK: exits 0 when the service answers `/livez`. Not `/readyz`: a service that is busy, or that
 * answers what runs before it stops, is not ill.
 */
import { get } from 'node:http';

/** Less than HEALTHCHECK's own timeout, so that the reason is told. */
const TIMEOUT_MS = 4000;

function end(code, reason) {
  console.log(reason);
  process.exit(code);
}

const port = process.env.PORT || '8765';
get({ host: '127.0.0.1', port, path: '/livez', timeout: TIMEOUT_MS }, ({ statusCode }) =>
  end(statusCode === 200 ? 0 : 1, `HTTP ${statusCode}`),
)
  .on('timeout', () => end(1, 'no answer'))
  .on('error', ({ message, code }) => end(1, message || code));
