import { setTimeout as delay } from 'node:timers/promises';
import { CallError, DuplexClient } from './duplex-client.js';

/** PROTOCOL.md: the service stops, and has run nothing of this request. */
const SHUTTING_DOWN = 1202;
/** The close code of a service that stops. */
const GOING_AWAY = 1001;

/**
 * A client of several instances: it asks the next one when one refuses it, answers 1202 or closes with 1001 before
 * it has answered, which is what PROTOCOL.md lets it do. Anything else that goes wrong rejects: that would be a loss.
 */
export class RollingClient {
  /** How often a request was asked again, by the reason. */
  readonly again = { refused: 0, shuttingDown: 0, goingAway: 0 };
  #client: DuplexClient | undefined;

  constructor(
    private readonly urls: readonly string[],
    private at: number,
  ) {}

  async call(method: string, payload: object): Promise<unknown> {
    const client = await this.#connected();
    try {
      return await client.call(method, payload);
    } catch (error) {
      await this.#judge(error, client);
      this.#client = undefined;
      this.at += 1;
      return this.call(method, payload);
    }
  }

  async close(): Promise<void> {
    await this.#client?.close();
  }

  async #connected(): Promise<DuplexClient> {
    try {
      return (this.#client ??= await DuplexClient.connect(this.urls[this.at % this.urls.length] ?? ''));
    } catch {
      // Whatever it was, no request has been sent.
      this.again.refused += 1;
      this.at += 1;
      await delay(10);
      return this.#connected();
    }
  }

  /** @throws the error unless it lets the request be asked again */
  async #judge(error: unknown, client: DuplexClient): Promise<void> {
    if (error instanceof CallError) {
      if (error.code !== SHUTTING_DOWN) throw error;
      this.again.shuttingDown += 1;
      await client.close();
      return;
    }
    // Whatever else rejects a call rejects it because the connection is gone, or because a reply came twice.
    const isGone = error instanceof Error && error.message.startsWith('connection closed');
    if (!isGone || (await client.closed).code !== GOING_AWAY) throw error;
    this.again.goingAway += 1;
  }
}
