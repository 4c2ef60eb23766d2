import { BackPressure } from './back-pressure.js';
import { withDefaults, type ConnectOptions } from './connect-options.js';
import type { Connection } from './connection.js';
import { Connector } from './connector.js';
import { ClosedError, type JavascriptdError } from './errors.js';
import { Execution } from './execution.js';
import { jsonOf } from './json.js';
import { PendingExecution, type ClientContext } from './pending-execution.js';
import { PendingPreparation } from './pending-preparation.js';
import { PreparedScript } from './prepared-script.js';
import { RequestQueue } from './request-queue.js';
import type { ExecuteRequest, ScriptTexts } from './script.js';
import type { OpenSocket } from './socket.js';
import { ignoreUnhandled } from './unhandled-rejection.js';
import { errorFrame, type Message } from './wire.js';

interface ReadyWaiter {
  readonly resolve: () => void;
  readonly reject: (error: JavascriptdError) => void;
}

/** Runs scripts on a service, over one connection that reconnects when it breaks. */
export class Client {
  readonly #connector: Connector;
  readonly #queue: RequestQueue;
  readonly #backPressure: BackPressure;
  readonly #context: ClientContext;
  #connection: Connection | undefined;
  #readyWaiters: ReadyWaiter[] = [];
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(open: OpenSocket, options: ConnectOptions) {
    const settings = withDefaults(options);
    this.#backPressure = new BackPressure(settings.bufferSize);
    this.#connector = new Connector(open, settings, {
      connected: (connection) => this.#connected(connection),
      received: (message, size) => this.#received(message, size),
      lost: (info) => {
        this.#connection = undefined;
        this.#backPressure.disconnected();
        this.#queue.connectionLost(info);
      },
      gaveUp: (error) => {
        this.#queue.failQueued(error);
        this.#settleReady(({ reject }) => reject(error));
      },
    });
    this.#queue = new RequestQueue(settings, this.#connector);
    const { retry, maxFrameBytes } = settings;
    this.#context = { queue: this.#queue, backPressure: this.#backPressure, retry, maxFrameBytes };
    this.#connector.ensureConnecting();
  }

  /** Whether the client is connected right now. */
  get connected(): boolean {
    return this.#connection !== undefined;
  }

  /**
   * Runs a script. It is sent at most once, unless `retry` allows more attempts after replies which say that nothing ran.
   * Without a connection it waits for one, up to `queueTimeout`.
   * @throws TypeError immediately, if the globals or the options cannot be serialized as JSON, or `functions` contains
   * anything but functions
   */
  execute<Value = unknown>(request: ExecuteRequest): Execution<Value> {
    const { code, language, caller } = request;
    return new Execution(new PendingExecution(this.#context, request, { code, language, caller }));
  }

  /**
   * Makes the service compile and keep a script, so that later calls send no code. Nothing runs.
   * @throws ScriptError with line and column, if the script does not compile; TypeError, if it cannot be serialized as JSON
   */
  prepare(texts: ScriptTexts): Promise<PreparedScript> {
    return ignoreUnhandled(this.#prepare(texts));
  }

  /**
   * Resolves when the client is connected. Waiting for it is optional: scripts may be executed before.
   * @throws RefusedError, ClosedError, and without `reconnect` NotConnectedError
   */
  ready(): Promise<void> {
    return ignoreUnhandled(
      new Promise((resolve, reject) => {
        if (this.#closing !== undefined) reject(new ClosedError(false));
        else if (this.#connection !== undefined) resolve();
        else {
          this.#readyWaiters.push({ resolve, reject });
          this.#connector.ensureConnecting();
        }
      }),
    );
  }

  /** Closes the connection, which ends the scripts that run on it. All pending calls reject with ClosedError. */
  close(): Promise<void> {
    this.#backPressure.disconnected();
    this.#closing ??= this.#connector.stop();
    this.#connection = undefined;
    this.#queue.close();
    this.#settleReady(({ reject }) => reject(new ClosedError(false)));
    return this.#closing;
  }

  async #prepare(texts: ScriptTexts): Promise<PreparedScript> {
    const { code, language, caller } = texts;
    const payload = jsonOf('the script', { code, language, caller });
    const id = await new PendingPreparation(this.#queue, payload, this.#context.retry).scriptId;
    return new PreparedScript(this.#context, payload, id);
  }

  #connected(connection: Connection): void {
    this.#connection = connection;
    this.#backPressure.connected(connection);
    this.#settleReady(({ resolve }) => resolve());
    this.#queue.connected(connection);
  }

  #received(message: Message, size: number): void {
    if (message.kind === 'request') void this.#callHostFunction(message, this.#connection);
    else this.#queue.reply(message, size);
  }

  /** A script can only call the host functions of its own execution: other executions have other ids. */
  async #callHostFunction(
    call: Message & { readonly kind: 'request' },
    connection: Connection | undefined,
  ): Promise<void> {
    const { id, method, payload, execution } = call;
    const request = this.#queue.inFlight(execution);
    const frame =
      request instanceof PendingExecution
        ? await request.callHostFunction(id, method, payload)
        : errorFrame(id, { code: 1101, message: 'Unknown method' });
    if (id !== undefined && id !== null) connection?.send(frame);
  }

  #settleReady(settle: (waiter: ReadyWaiter) => void): void {
    const waiters = this.#readyWaiters;
    this.#readyWaiters = [];
    waiters.forEach(settle);
  }
}
