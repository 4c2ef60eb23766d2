import { Fetching } from '../fetch/fetching.js';
import { needArguments } from '../fetch/convert.js';
import { Headers } from '../fetch/headers.js';
import { Request, requestFrom } from '../fetch/request.js';
import { Response } from '../fetch/response.js';

/** The standard's fetch: https://fetch.spec.whatwg.org/#fetch-method. Its requests are sent by the gateway. */
function fetch(input: unknown, ...[init]: [init?: unknown]): Promise<Response> {
  const given = arguments.length;
  return new Promise((resolve, reject) => {
    needArguments(given, 1, 'fetch');
    new Fetching(requestFrom(input, init), resolve, reject).start();
  });
}

/** `fetch` and the classes around it; the rest is in `fetch-extras` and `form-data`, which few scripts need. */
export default { fetch, Headers, Request, Response };
