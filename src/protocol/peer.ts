import { setMaxListeners } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonText } from '../json-text/index.js';
import { runHandler, type Handler } from './run-handler.js';
import { OutgoingCalls } from './outgoing-calls.js';
import { Channel, type ReplySink } from './channel.js';
import type { Connection } from './connection.js';
import { PROTOCOL_ERRORS, errorOf } from './errors.js';
import { type Account, FlowControl } from './flow-control.js';
import { ACCEPTANCE, formatRefusal, parseGreeting } from './handshake.js';
import { Inbox } from './inbox.js';
import { encodeRequest, type InvalidField, type Message, type Request, type RequestId } from './message.js';
import { OpenRequests } from './open-requests.js';
import type { ProtocolOptions, Upgrade } from './protocol.options.js';

/** Maximum greeting that is parsed, in bytes. */
const MAX_GREETING_BYTES = 256;

interface Served {
  readonly handler: Handler;
  /** Whether the handler takes the payload unparsed; see `asText`. */
  readonly takesText: boolean;
}

/** A connection that speaks SIMPLEX, in the states greeting, open and closed. Nest calls it the client. */
export class Peer {
  /** Headers of the upgrade request. */
  readonly headers: IncomingHttpHeaders;
  /** The identity from `admit`. */
  readonly identity: unknown;
  readonly #connection: Connection;
  readonly #options: ProtocolOptions;
  readonly #flow: FlowControl;
  readonly #inbox: Inbox;
  readonly #handlers = new Map<string, Served>();
  readonly #calls = new OutgoingCalls();
  readonly #openRequests = new OpenRequests();
  /** Ids whose final request frame has not arrived. 1 and "1" are different. */
  readonly #openStreams = new Set<RequestId>();
  readonly #closing = new AbortController();
  readonly #greetingTimer: NodeJS.Timeout;
  #state: 'greeting' | 'open' | 'closed' = 'greeting';
  #draining = false;
  #pinged = false;
  #bytesAtBeat = 0;
  #controlFrames = 0;
  #controlSecond = 0;

  constructor(
    connection: Connection,
    upgrade: Upgrade,
    options: ProtocolOptions,
    report: ReplySink['report'],
  ) {
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
    // Each request in flight may listen; Node would warn from the eleventh listener on.
    setMaxListeners(0, this.#closing.signal);
  }

  /** Aborted when either side closes the connection. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** Number of requests without a final reply. */
  get inFlight(): number {
    return this.#flow.inFlight;
  }

  /**
   * Registers the handler of a method; the last registration wins.
   * @param takesText whether the handler gets its payload as an unparsed `JsonText`
   */
  handle(method: string, handler: Handler, takesText = false): void {
    this.#handlers.set(method, { handler, takesText });
  }

  /**
   * Calls a method of the client.
   * @param ext JSON data that is sent along
   * @param abandoned aborted when the result is no longer needed
   * @throws DuplexError as the client answers it; Error if the client disconnected, or JSON cannot represent the payload
   */
  async call(method: string, payload: unknown, ext?: unknown, abandoned?: AbortSignal): Promise<unknown> {
    const text = await this.callForText(method, payload, ext, abandoned);
    if (text === undefined) return undefined;
    if (text.length > this.#options.maxParsedBytes) throw new Error('the reply is too large');
    return text.parse();
  }

  /** Like {@link call}, but returns the result unparsed. */
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

  /** Receives one text frame in valid UTF-8. Never throws. */
  receive(frame: Buffer): void {
    if (this.#state === 'closed') return;
    if (this.#state === 'greeting') return this.#greet(frame);
    // An empty frame is a keep-alive.
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

  /** Heartbeat, called every `pingIntervalMs`: terminates a connection that was silent since the last call. */
  beat(): void {
    if (this.#state === 'closed') return;
    const { bytesRead } = this.#connection;
    // Any byte counts, not only a pong, since pongs wait behind a long frame on a slow connection.
    const heard = this.#flow.wasPaused() || bytesRead !== this.#bytesAtBeat;
    if (this.#pinged && !heard) return this.#connection.terminate();
    this.#bytesAtBeat = bytesRead;
    this.#pinged = true;
    this.#connection.ping();
  }

  /** Refuses new requests; resolves when those in flight are answered, or the connection is closed. */
  drain(): Promise<void> {
    this.#draining = true;
    return this.#flow.idle();
  }

  /** Closes the connection because a frame exceeds the memory budget of its account. */
  refuseFrame(): void {
    // A client that keeps sending after the close would fill our memory until the close times out.
    if (this.#state === 'closed') return this.#connection.terminate();
    this.close(1013, 'no memory for the frame');
  }

  /** Closes the connection; `reason` has at most 123 bytes. */
  close(code: number, reason: string): void {
    if (this.#state === 'closed') return;
    this.end();
    this.#connection.close(code, reason);
  }

  /** Releases everything after the connection has closed. */
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

  /** @returns false, and closes the connection, if there were too many within this second */
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
    // A notification has no id, so each of its frames is a separate request.
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
    void runHandler(served.handler, given, channel, this.#closing.signal);
  }

  #tooLarge(): InvalidField {
    return { field: 'payload', problem: `must have at most ${this.#options.maxParsedBytes} bytes` };
  }

  /**
   * Whether a frame starts a request. The first payload of a `more` request is executed; its further frames are ignored
   * up to the final one.
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
