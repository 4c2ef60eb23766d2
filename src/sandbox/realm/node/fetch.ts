import { FormData } from 'undici/lib/web/fetch/formdata.js';
import { Headers } from 'undici/lib/web/fetch/headers.js';
// Before Request, which needs what it defines.
import { Response } from 'undici/lib/web/fetch/response.js';
import { Request } from 'undici/lib/web/fetch/request.js';
import { withReason } from '../../boundary/fetch-failed.js';

/** The standard's fetch, which is Node's own: undici's. What it would send over sockets goes to `http/dispatcher.ts`. */
async function fetch(input: unknown, init?: unknown): Promise<unknown> {
  // Bundled, and evaluated on first use: it brings streams and zlib with it, which the classes do without.
  const undici = require('undici/lib/web/fetch/index.js') as {
    fetch(input: unknown, init?: unknown): Promise<unknown>;
  };
  try {
    return await undici.fetch(input, init);
  } catch (error) {
    throw withReason(error);
  }
}

/** The standard's classes around `fetch`. */
export default { fetch, FormData, Headers, Request, Response };
