/**
 * Bounds the memory that the gateway keeps for clients: requests that are being read or wait, and unread replies. An account
 * (a tenant) may hold at most as much as stays free: one account alone half of the budget, two a third each. So there is
 * always room for another account.
 */
export class MemoryBudget {
  readonly #accounts = new Map<string, number>();
  #used = 0;

  /** @param total bytes for all accounts together */
  constructor(readonly total: number) {}

  /** Bytes held by all accounts. */
  get used(): number {
    return this.#used;
  }

  /** Bytes held by one account. */
  usedBy(account: string): number {
    return this.#accounts.get(account) ?? 0;
  }

  /**
   * Reserves bytes for an account; {@link release} must follow with the same number.
   * @returns false if that exceeds the budget; then nothing is reserved
   */
  take(account: string, bytes: number): boolean {
    const used = this.usedBy(account);
    if (used + bytes > this.total - this.#used - bytes) return false;
    // No entry for zero bytes: no release would remove it.
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
