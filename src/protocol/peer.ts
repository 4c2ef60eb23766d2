import { setMaxListeners } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonText } from '../json-text/index.js';
import { answer, type Handler } from './answer.js';
import { Calls } from './calls.js';
import { Channel, type Outlet } from './channel.js';
import type { Connection } from './connection.js';
import { PROTOCOL_ERRORS, errorOf } from './errors.js';
import { type Account, FlowControl } from './flow-control.js';
import { ACCEPTANCE, formatRefusal, parseGreeting } from './handshake.js';
import { Inbox } from './inbox.js';
import { encodeRequest, type InvalidField, type Message, type Request, type RequestId } from './message.js';
import { OpenRequests } from './open-requests.js';
import type { ProtocolOptions, Upgrade } from './protocol.options.js';

/** Longest greeting that is looked at, in bytes. */
const MAX_GREETING_BYTES = 256;

interface Served {
  readonly handler: Handler;
  /** Whether the handler takes the payload as it came: see `asText`. */
  readonly takesText: boolean;
}

/** One connection speaking SIMPLEX: it greets, then is open, then closed. What Nest calls the client. */
export class Peer {
  /** Of the upgrade request. */
  readonly headers: IncomingHttpHeaders;
  /** What `admit` gave. */
  readonly identity: unknown;
  readonly #connection: Connection;
  readonly #options: ProtocolOptions;
  readonly #flow: FlowControl;
  readonly #inbox: Inbox;
  readonly #handlers = new Map<string, Served>();
  readonly #calls = new Calls();
  readonly #openRequests = new OpenRequests();
  /** Ids whose final request frame has not come. Tells 1 and "1" apart. */
  readonly #openStreams = new Set<RequestId>();
  readonly #closing = new AbortController();
  readonly #greetingTimer: NodeJS.Timeout;
  #state: 'greeting' | 'open' | 'closed' = 'greeting';
  #draining = false;
  #pinged = false;
  #bytesAtBeat = 0;
  #controlFrames = 0;
  #controlSecond = 0;

  constructor(connection: Connection, upgrade: Upgrade, options: ProtocolOptions, report: Outlet['report']) {
    this.headers = upgrade.headers;
    this.identity = upgrade.identity;
    this.#connection = connection;
    this.#options = options;
    const account: Account = { name: upgrade.account ?? '', budget: options.memory };
    const onSlowReader = (): void => this.close(1013, 'reads too slowly');
    this.#flow = new FlowControl(connection, account, options, onSlowReader, report);
    this.#inbox = new Inbox(
      account,
      (message, bytes, at) => this.#take(message, bytes, at),
      (held) => this.#flow.hold(held),
      () => this.refuseFrame(),
    );
    this.#greetingTimer = setTimeout(() => this.#refuse('handshake timeout'), options.handshakeTimeoutMs);
    this.#greetingTimer.unref();
    // Each request in flight may listen; Node would warn from the eleventh on.
    setMaxListeners(0, this.#closing.signal);
  }

  /** Aborted when the connection closes, from whichever side: nobody will hear a reply. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** Requests without their final reply. */
  get inFlight(): number {
    return this.#flow.inFlight;
  }

  /**
   * Serves `method` with `handler`; the last one given wins.
   * @param takesText whether the handler gets its payload as a `JsonText`, whatever its size
   */
  handle(method: string, handler: Handler, takesText = false): void {
    this.#handlers.set(method, { handler, takesText });
  }

  /**
   * Calls a method of the client's.
   * @param ext JSON data that goes with it
   * @param abandoned aborted when nobody waits for the reply any more
   * @throws DuplexError as the client answers it; Error when the client is gone, or JSON cannot carry the payload
   */
  async call(method: string, payload: unknown, ext?: unknown, abandoned?: AbortSignal): Promise<unknown> {
    const text = await this.callForText(method, payload, ext, abandoned);
    if (text === undefined) return undefined;
    if (text.length > this.#options.maxParsedBytes) throw new Error('the reply is too large');
    return text.parse();
  }

  /** As {@link call}, with the client's result as it came. */
  callForText(
    method: string,
    payload: unknown,
    ext?: unknown,
    abandoned?: AbortSignal,
  ): Promise<JsonText | undefined> {
    return this.#calls.begin((id) => this.#flow.send(encodeRequest(id, method, payload, ext)), abandoned);
  }

  /**
   * Cancels the client's requests with this id and one of these methods, as far as they have no final reply. A request is
   * known as soon as its frame was read, whatever its handler waits for.
   * @returns whether there was one
   */
  cancel(id: RequestId, methods: ReadonlySet<string>): boolean {
    return this.#openRequests.cancel(id, methods);
  }

  /** Takes one text frame: valid UTF-8. Never throws. */
  receive(frame: Buffer): void {
    if (this.#state === 'closed') return;
    if (this.#state === 'greeting') return this.#greet(frame);
    // An empty one keeps the connection alive.
    if (frame.length > 0) this.#inbox.receive(frame);
  }

  receiveBinary(): void {
    if (this.#state === 'greeting') this.#refuse('handshake must be text');
    else this.close(1003, 'frames must be text');
  }

  receivePing(data: Buffer): void {
    if (this.#hasControlFrame()) this.#flow.pong(data);
  }

  receivePong(): void {
    this.#hasControlFrame();
  }

  /** To be called every `pingIntervalMs`: ends a connection that gave no sign of life since the last call. */
  beat(): void {
    if (this.#state === 'closed') return;
    const { bytesRead } = this.#connection;
    // Any byte counts, not only a pong: a long frame over a slow line keeps pongs waiting behind it.
    const heard = this.#flow.wasPaused() || bytesRead !== this.#bytesAtBeat;
    if (this.#pinged && !heard) return this.#connection.terminate();
    this.#bytesAtBeat = bytesRead;
    this.#pinged = true;
    this.#connection.ping();
  }

  /** Takes no new requests; resolves when those in flight are answered, or the connection is gone. */
  drain(): Promise<void> {
    this.#draining = true;
    return this.#flow.idle();
  }

  /** A frame is longer than what the account may keep in memory now. */
  refuseFrame(): void {
    // Whoever goes on sending after the close would fill our memory until the close times out.
    if (this.#state === 'closed') return this.#connection.terminate();
    this.close(1013, 'no memory for the frame');
  }

  /** Closes the connection; `reason` has at most 123 bytes. */
  close(code: number, reason: string): void {
    if (this.#state === 'closed') return;
    this.end();
    this.#connection.close(code, reason);
  }

  /** The connection is gone. */
  end(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#greetingTimer);
    this.#openStreams.clear();
    this.#inbox.close();
    this.#flow.stop();
    this.#calls.close();
    this.#closing.abort();
    this.#openRequests.abandon();
  }

  /** @returns false, and closes, when there were too many within this second */
  #hasControlFrame(): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#controlSecond) this.#controlFrames = 0;
    this.#controlSecond = second;
    this.#controlFrames += 1;
    const isAllowed = this.#controlFrames <= this.#options.maxControlFrames;
    if (!isAllowed) this.close(1008, 'too many control frames');
    return isAllowed;
  }

  #greet(frame: Buffer): void {
    const greeting = parseGreeting(frame.toString('utf8', 0, MAX_GREETING_BYTES));
    if (greeting.kind === 'refused') return this.#refuse(greeting.reason);
    clearTimeout(this.#greetingTimer);
    this.#state = 'open';
    this.#flow.send(ACCEPTANCE);
  }

  #refuse(reason: string): void {
    const refusal = formatRefusal(reason);
    this.#flow.send(refusal);
    this.close(1002, refusal);
  }

  #take(message: Message, bytes: number, at: number): void {
    if (this.#state === 'closed') return;
    if (message.kind === 'request') this.#accept(message, bytes, at);
    else if (message.kind === 'reply') this.#calls.settle(message);
    else this.close(message.closeCode, message.reason);
  }

  #accept(request: Request, bytes: number, at: number): void {
    const { id } = request;
    // A notification has no id to tell frames by, so each is a request of its own.
    if (id !== undefined && (request.more || this.#openStreams.size > 0) && !this.#opens(id, request.more))
      return;

    const served = this.#handlers.get(request.method ?? '');
    const channel = new Channel(this.#flow, request, { bytes, at, served: served !== undefined });
    this.#flow.take(bytes);
    if (request.invalid !== undefined)
      return channel.fail(errorOf(PROTOCOL_ERRORS.invalidMessage, request.invalid));
    if (this.#draining) return channel.fail(errorOf(PROTOCOL_ERRORS.shuttingDown));
    if (served === undefined) return channel.fail(errorOf(PROTOCOL_ERRORS.unknownMethod));
    const { payload } = request;
    if (!served.takesText && payload !== undefined && payload.length > this.#options.maxParsedBytes)
      return channel.fail(errorOf(PROTOCOL_ERRORS.invalidMessage, this.#tooLarge()));
    this.#openRequests.add(channel);
    const given = served.takesText ? payload : payload?.parse();
    void answer(served.handler, given, channel, this.#closing.signal);
  }

  #tooLarge(): InvalidField {
    return { field: 'payload', problem: `must have at most ${this.#options.maxParsedBytes} bytes` };
  }

  /**
   * Whether a frame begins a request. The first payload of a `more` request is executed; its further frames
   * are ignored until the final one (design: one request, one reply).
   */
  #opens(id: RequestId, more: boolean): boolean {
    if (this.#openStreams.has(id)) {
      if (!more) this.#openStreams.delete(id);
      return false;
    }
    if (!more) return true;
    if (this.#openStreams.size >= this.#options.maxOpenStreams) {
      this.close(1008, 'too many unfinished requests');
      return false;
    }
    this.#openStreams.add(id);
    return true;
  }
}
