import { FormData } from 'undici/lib/web/fetch/formdata.js';
import { Headers } from 'undici/lib/web/fetch/headers.js';
// Before Request, which needs its definitions.
import { Response } from 'undici/lib/web/fetch/response.js';
import { Request } from 'undici/lib/web/fetch/request.js';
import { withEgressReason } from '../../boundary/coded-errors.js';

/** The standard's fetch, from undici as in Node. `http/dispatcher.ts` takes the place of undici's sockets. */
async function fetch(input: unknown, init?: unknown): Promise<unknown> {
  // Evaluated on first use: it loads streams and zlib, which the classes do not need.
  const undici = require('undici/lib/web/fetch/index.js') as {
    fetch(input: unknown, init?: unknown): Promise<unknown>;
  };
  try {
    return await undici.fetch(input, init);
  } catch (error) {
    throw withEgressReason(error);
  }
}

/** The standard's classes around `fetch`. */
export default { fetch, FormData, Headers, Request, Response };
