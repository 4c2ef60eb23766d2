import { URLSerializer, dataURLProcessor } from 'undici/lib/web/fetch/data-url.js';
import { FormData } from 'undici/lib/web/fetch/formdata.js';
import { Headers } from 'undici/lib/web/fetch/headers.js';
// Before Request, which needs what it defines.
import { Response } from 'undici/lib/web/fetch/response.js';
import { Request } from 'undici/lib/web/fetch/request.js';
import { egressOff } from '../modules/errors.js';

interface Asked {
  readonly url: string;
}

/** The standard's fetch, with what can be had without a network: `data:`. */
async function fetch(input: unknown, init?: unknown): Promise<unknown> {
  const { url } = new Request(input, init) as unknown as Asked;
  const parsed = new (require('url') as { URL: new (url: string) => object }).URL(url);
  if (!url.startsWith('data:')) {
    const cause = egressOff(URLSerializer(parsed));
    throw new TypeError(`fetch failed: ${cause.message}`, { cause });
  }
  const data = dataURLProcessor(parsed);
  if (data === 'failure') throw new TypeError('fetch failed', { cause: new Error('invalid data: URL') });
  return new Response(data.body, { headers: { 'content-type': data.mimeType.essence } });
}

/** The standard's classes around `fetch`, which are Node's own: undici's. */
export default { fetch, FormData, Headers, Request, Response };
