/** Thrown for an invalid list of hosts, ranges or headers; the message names the entry. */
export class EgressPolicyError extends Error {
  override readonly name = 'EgressPolicyError';
}
