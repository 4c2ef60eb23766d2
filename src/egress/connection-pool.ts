import { Connection, type Dial } from './connection.js';

const MAX_IDLE_PER_TENANT = 32;

/**
 * Keep-alive connections to hosts. They are never shared between tenants, so that no tenant sees what another left on a
 * connection. Nothing is kept for a tenant without an open connection.
 */
export class ConnectionPool {
  readonly #leased = new Set<Connection>();
  /** Idle connections, the longest idle first. */
  readonly #idle = new Set<Connection>();
  readonly #idleOf = new Map<string, Set<Connection>>();

  /** @param maxIdle maximum idle connections of all tenants */
  constructor(
    private readonly dial: Dial,
    private readonly maxIdle: number,
  ) {}

  /** Leases a connection for one request: an idle one of this tenant to this origin, or a new one. */
  take(tenant: string, origin: string): Connection {
    // The most recently used connection is the least likely to be closed by its host.
    const known = [...(this.#idleOf.get(tenant) ?? [])].findLast(
      (one) => one.origin === origin && one.isOpen,
    );
    if (known !== undefined) this.#forget(known);
    const connection = known ?? new Connection(tenant, origin, this.dial, (lost) => void this.#lost(lost));
    this.#leased.add(connection);
    return connection;
  }

  /**
   * Returns a connection after its request.
   * @param isReusable false to close it
   * @returns resolves once it is idle, or its descriptor is closed
   */
  async release(connection: Connection, isReusable: boolean): Promise<void> {
    this.#leased.delete(connection);
    if (!isReusable || !connection.isOpen) return connection.destroy();
    this.#idle.add(connection);
    const own = this.#idleOf.get(connection.tenant) ?? new Set();
    this.#idleOf.set(connection.tenant, own.add(connection));
    const [oldest] = own.size > MAX_IDLE_PER_TENANT ? own : this.#idle.size > this.maxIdle ? this.#idle : [];
    if (oldest !== undefined) await this.#lost(oldest);
  }

  /** Closes all connections, including those with a request. */
  async close(): Promise<void> {
    const all = [...this.#leased, ...this.#idle];
    for (const connection of all) this.#forget(connection);
    await Promise.all(all.map((connection) => connection.destroy()));
  }

  /** Drops an idle connection that its host or its timeout closed. A leased connection dials again, or fails. */
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
