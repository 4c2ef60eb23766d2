import { Resolver } from 'node:dns/promises';

/** First timeout for one name server, in milliseconds; c-ares doubles it with each round over all servers. */
const TRY_TIMEOUT_MS = 1000;
const TRIES = 3;

export interface QueryOptions {
  /** Name servers, as `dns.Resolver.setServers` takes them; undefined for those of this machine. */
  readonly servers: readonly string[] | undefined;
  /** Maximum duration of all queries together, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Queries DNS for the A and AAAA records of the first candidate that has any. It uses c-ares on this loop and not
 * getaddrinfo, which would hold one of libuv's few threads for as long as a name server is silent.
 * @param candidates full names, in order
 * @returns the AAAA records, then the A records
 * @throws Error with the code `ENOTFOUND` (no candidate has an address) or `EAI_AGAIN` (no answer, or a server failed);
 * the reason of the signal, once that is aborted
 */
export async function query(
  candidates: readonly string[],
  { servers, timeoutMs, signal }: QueryOptions,
): Promise<readonly string[]> {
  signal?.throwIfAborted();
  // One for each lookup, since `cancel` ends all queries of a resolver.
  const resolver = new Resolver({ timeout: TRY_TIMEOUT_MS, tries: TRIES });
  if (servers !== undefined) resolver.setServers(servers);
  let isLate = false;
  const cancel = (): void => resolver.cancel();
  const timer = setTimeout(() => {
    isLate = true;
    cancel();
  }, timeoutMs);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    let hasFailed = false;
    for (const name of candidates) {
      const { addresses, error } = await recordsOf(resolver, name);
      signal?.throwIfAborted();
      if (addresses.length > 0) return addresses;
      if (isLate || isSilence(error)) throw failure('EAI_AGAIN');
      hasFailed ||= !isAbsence(error);
    }
    throw failure(hasFailed ? 'EAI_AGAIN' : 'ENOTFOUND');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

interface Records {
  readonly addresses: readonly string[];
  /** The worse error of both families; undefined if both queries were answered. */
  readonly error: string | undefined;
}

/** An answer for one family counts even if the query for the other family fails. */
async function recordsOf(resolver: Resolver, name: string): Promise<Records> {
  const results = await Promise.allSettled([resolver.resolve6(name), resolver.resolve4(name)]);
  const addresses = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [codeOf(result.reason)] : []));
  const error = errors.find(isSilence) ?? errors.find((code) => !isAbsence(code)) ?? errors[0];
  return { addresses, error };
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** The server reports that the name or record does not exist, or the name is invalid. */
function isAbsence(code: string | undefined): boolean {
  return code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EBADNAME' || code === undefined;
}

/** No server can be reached, so there is no point in querying other names. */
function isSilence(code: string | undefined): boolean {
  return code === 'ETIMEOUT' || code === 'ECONNREFUSED';
}

function failure(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`getaddrinfo ${code}`), { code });
}
