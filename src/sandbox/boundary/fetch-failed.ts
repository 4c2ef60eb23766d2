/** Node's `fetch` says no more than "fetch failed"; whoever is refused by the operator should read why. */
export function withReason(error: unknown): unknown {
  if (!(error instanceof TypeError)) return error;
  const { code, message } = (error.cause ?? {}) as { readonly code?: unknown; readonly message?: string };
  if (typeof code === 'string' && code.startsWith('ERR_EGRESS_'))
    error.message = `${error.message}: ${message ?? code}`;
  return error;
}
