/** Thrown for a list of hosts, of ranges or of headers that cannot be read; its message names the entry. */
export class EgressPolicyError extends Error {
  override readonly name = 'EgressPolicyError';
}
