import { Backlog } from './backlog.js';
import { Connector } from './connector.js';
import { withDefaults, type ConnectOptions } from './connect-options.js';
import { Course, type Shared } from './course.js';
import { ClosedError, type JavascriptdError } from './errors.js';
import { Execution } from './execution.js';
import { handled } from './handled.js';
import { jsonOf } from './json.js';
import type { Link } from './link.js';
import { Outbox } from './outbox.js';
import { Preparation } from './preparation.js';
import { PreparedScript } from './prepared-script.js';
import type { ExecuteRequest, ScriptTexts } from './script.js';
import type { OpenSocket } from './socket.js';
import { errorFrame, type Message } from './wire.js';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: JavascriptdError) => void;
}

/** A service to run scripts on, over one connection that is made again when it breaks. */
export class Client {
  readonly #connector: Connector;
  readonly #outbox: Outbox;
  readonly #backlog: Backlog;
  readonly #shared: Shared;
  #link: Link | undefined;
  #ready: Waiting[] = [];
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(open: OpenSocket, options: ConnectOptions) {
    const settings = withDefaults(options);
    this.#backlog = new Backlog(settings.bufferSize);
    this.#connector = new Connector(open, settings, {
      connected: (link) => this.#connected(link),
      received: (message, size) => this.#received(message, size),
      lost: (closing) => {
        this.#link = undefined;
        this.#backlog.disconnected();
        this.#outbox.lost(closing);
      },
      gaveUp: (error) => {
        this.#outbox.abandon(error);
        this.#tellReady(({ reject }) => reject(error));
      },
    });
    this.#outbox = new Outbox(settings, this.#connector);
    const { retry, maxFrameBytes } = settings;
    this.#shared = { outbox: this.#outbox, backlog: this.#backlog, retry, maxFrameBytes };
    this.#connector.wake();
  }

  /** Whether there is a connection at this moment. */
  get connected(): boolean {
    return this.#link !== undefined;
  }

  /**
   * Runs a script, once: it is sent at most once, unless `retry` says otherwise of answers that tell that nothing ran.
   * Without a connection it waits for one, up to `queueTimeout`.
   * @throws TypeError at once, when JSON cannot carry the globals or the options, or `functions` holds anything but functions
   */
  execute<Value = unknown>(request: ExecuteRequest): Execution<Value> {
    const { code, language, caller } = request;
    return new Execution(new Course(this.#shared, request, { code, language, caller }));
  }

  /**
   * Has the service compile a script and keep it, so that calls of it send no code. Nothing of it runs.
   * @throws ScriptError when it does not compile, with the line and the column; TypeError when JSON cannot carry it
   */
  prepare(texts: ScriptTexts): Promise<PreparedScript> {
    return handled(this.#prepare(texts));
  }

  /**
   * Resolves when there is a connection. Nobody needs to wait for it: it is for those who want to know.
   * @throws RefusedError, ClosedError, and without `reconnect` NotConnectedError
   */
  ready(): Promise<void> {
    return handled(
      new Promise((resolve, reject) => {
        if (this.#closing !== undefined) reject(new ClosedError(false));
        else if (this.#link !== undefined) resolve();
        else {
          this.#ready.push({ resolve, reject });
          this.#connector.wake();
        }
      }),
    );
  }

  /** Closes the connection, which ends the scripts that run on it; all that waits rejects with ClosedError. */
  close(): Promise<void> {
    this.#backlog.disconnected();
    this.#closing ??= this.#connector.stop();
    this.#link = undefined;
    this.#outbox.close();
    this.#tellReady(({ reject }) => reject(new ClosedError(false)));
    return this.#closing;
  }

  async #prepare(texts: ScriptTexts): Promise<PreparedScript> {
    const { code, language, caller } = texts;
    const payload = jsonOf('the script', { code, language, caller });
    const id = await new Preparation(this.#outbox, payload, this.#shared.retry).script;
    return new PreparedScript(this.#shared, payload, id);
  }

  #connected(link: Link): void {
    this.#link = link;
    this.#backlog.connected(link);
    this.#tellReady(({ resolve }) => resolve());
    this.#outbox.connected(link);
  }

  #received(message: Message, size: number): void {
    if (message.kind === 'request') void this.#serve(message, this.#link);
    else this.#outbox.settle(message, size);
  }

  /** A script calls a function. Only the one that was given it can: others have other ids. */
  async #serve(call: Message & { readonly kind: 'request' }, link: Link | undefined): Promise<void> {
    const { id, method, payload, execution } = call;
    const request = this.#outbox.inFlight(execution);
    const frame =
      request instanceof Course
        ? await request.serve(id, method, payload)
        : errorFrame(id, { code: 1101, message: 'Unknown method' });
    if (id !== undefined && id !== null) link?.send(frame);
  }

  #tellReady(tell: (waiting: Waiting) => void): void {
    const ready = this.#ready;
    this.#ready = [];
    ready.forEach(tell);
  }
}
