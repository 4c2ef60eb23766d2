// One TCP connection of an attacker: writes with back-pressure, and throws what comes unless somebody wants it.
import { connect } from 'node:net';

/** An attacker has an address of its own, so that what the service may count by address is not the bystander's. */
const LOCAL_ADDRESS = '127.0.0.2';

export class Connection {
  /** Settles when the connection is closed, by whoever. */
  closed;
  #socket;
  #tally;
  #counted = 0;
  #drained;
  #take = () => undefined;

  /** @returns undefined where the service does not take the connection */
  static dial(port, tally) {
    return new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress: LOCAL_ADDRESS });
      const connection = new Connection(socket, tally);
      socket.once('connect', () => resolve(connection));
      socket.once('close', () => {
        resolve(undefined);
        tally.open.delete(connection);
      });
    });
  }

  /** @param tally `{ bytes, received, sample, fault, open }`; `open` are the connections that have yet to be destroyed */
  constructor(socket, tally) {
    this.#socket = socket;
    this.#tally = tally;
    tally.open.add(this);
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', (error) => {
      tally.fault = error.code ?? error.message;
    });
    socket.on('data', (chunk) => {
      tally.received += chunk.length;
      tally.sample = chunk;
      this.#take(chunk);
    });
  }

  /** @param take called with each chunk from now on */
  onData(take) {
    this.#take = take;
  }

  /** Reads nothing more, so that the service cannot get rid of what it sends. */
  stopReading() {
    this.#socket.pause();
  }

  /**
   * Settles when there is room for more.
   * @throws Error when the connection is closed
   */
  async write(bytes) {
    const socket = this.#socket;
    if (socket.destroyed || !socket.writable) throw new Error('closed');
    if (socket.write(bytes)) return;
    // One wait for all who write meanwhile.
    this.#drained ??= new Promise((resolve) => {
      const over = () => {
        socket.off('drain', over);
        socket.off('close', over);
        this.#drained = undefined;
        resolve();
      };
      socket.once('drain', over);
      socket.once('close', over);
    });
    await this.#drained;
    if (socket.destroyed) throw new Error('closed');
  }

  destroy() {
    this.count();
    this.#tally.open.delete(this);
    this.#socket.destroy();
  }

  /** Brings the tally's bytes up to date. */
  count() {
    this.#tally.bytes += this.#socket.bytesWritten - this.#counted;
    this.#counted = this.#socket.bytesWritten;
  }
}
