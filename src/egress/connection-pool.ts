import { Connection, type Dial } from './connection.js';

const MAX_IDLE_OF_TENANT = 32;

/**
 * Connections to hosts, kept open for a while after a request. They are never shared between tenants: what one has left
 * on them is not for another. Nothing is kept for a tenant that has no open connection.
 */
export class ConnectionPool {
  readonly #leased = new Set<Connection>();
  /** Those without a request, the one that has been so for longest first. */
  readonly #idle = new Set<Connection>();
  readonly #idleOf = new Map<string, Set<Connection>>();

  /** @param maxIdle most connections without a request, of all tenants */
  constructor(
    private readonly dial: Dial,
    private readonly maxIdle: number,
  ) {}

  /** For one request: an open connection of this tenant to this origin, or else a new one. */
  take(tenant: string, origin: string): Connection {
    // The one that was used last is the least likely to be closed by its host.
    const known = [...(this.#idleOf.get(tenant) ?? [])].findLast(
      (one) => one.origin === origin && one.isOpen,
    );
    if (known !== undefined) this.#forget(known);
    const connection = known ?? new Connection(tenant, origin, this.dial, (lost) => void this.#lost(lost));
    this.#leased.add(connection);
    return connection;
  }

  /**
   * Gives a connection back after its request.
   * @param isReusable false to end it
   * @returns resolves once it is idle, or holds no descriptor any more
   */
  async release(connection: Connection, isReusable: boolean): Promise<void> {
    this.#leased.delete(connection);
    if (!isReusable || !connection.isOpen) return connection.destroy();
    this.#idle.add(connection);
    const own = this.#idleOf.get(connection.tenant) ?? new Set();
    this.#idleOf.set(connection.tenant, own.add(connection));
    const [oldest] = own.size > MAX_IDLE_OF_TENANT ? own : this.#idle.size > this.maxIdle ? this.#idle : [];
    if (oldest !== undefined) await this.#lost(oldest);
  }

  /** Ends all connections, those with a request too. */
  async close(): Promise<void> {
    const all = [...this.#leased, ...this.#idle];
    for (const connection of all) this.#forget(connection);
    await Promise.all(all.map((connection) => connection.destroy()));
  }

  /** An idle connection ends: closed by its host, or idle for too long. One with a request dials again, or fails. */
  async #lost(connection: Connection): Promise<void> {
    if (!this.#idle.has(connection)) return;
    this.#forget(connection);
    await connection.destroy();
  }

  #forget(connection: Connection): void {
    this.#idle.delete(connection);
    const own = this.#idleOf.get(connection.tenant);
    own?.delete(connection);
    if (own?.size === 0) this.#idleOf.delete(connection.tenant);
  }
}
