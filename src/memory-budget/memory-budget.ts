/**
 * Counts the bytes that the gateway keeps for its clients: requests that are being read or that wait, answers that nobody
 * has read. An account (a tenant) gets more as long as it has no more than what stays free for all others: one alone may take half of the
 * budget, two a third each, and there is always room for one more.
 */
export class MemoryBudget {
  readonly #accounts = new Map<string, number>();
  #used = 0;

  /** @param total bytes for all accounts together */
  constructor(readonly total: number) {}

  /** Bytes that all accounts have. */
  get used(): number {
    return this.#used;
  }

  /** Bytes that one account has. */
  usedBy(account: string): number {
    return this.#accounts.get(account) ?? 0;
  }

  /**
   * Takes bytes for an account; {@link release} must follow with as many.
   * @returns false when they are too many: nothing was taken
   */
  take(account: string, bytes: number): boolean {
    const used = this.usedBy(account);
    if (used + bytes > this.total - this.#used - bytes) return false;
    // Nothing would be released that makes the account be forgotten.
    if (bytes === 0) return true;
    this.#accounts.set(account, used + bytes);
    this.#used += bytes;
    return true;
  }

  release(account: string, bytes: number): void {
    if (bytes === 0) return;
    const left = this.usedBy(account) - bytes;
    this.#used -= bytes;
    if (left > 0) this.#accounts.set(account, left);
    else this.#accounts.delete(account);
  }
}
