/** Everything that `javascriptd/client` rejects with. */
export class JavascriptdError extends Error {
  override name = 'JavascriptdError';
  /** Of the error reply (PROTOCOL.md); absent when no reply came. */
  readonly code?: number;
  /** Of the error reply. */
  readonly data?: unknown;
  /** Whether the script may have run, in part or whole: it must not be sent again without thinking. */
  readonly mayHaveRun: boolean = false;
}

/** Nothing was sent: there was no connection for too long, or too many calls waited for one. */
export class NotConnectedError extends JavascriptdError {
  override name = 'NotConnectedError';
}

/** The service does not let this client in, and trying again would not help. Nothing was sent. */
export class RefusedError extends JavascriptdError {
  override name = 'RefusedError';
  constructor(
    message: string,
    /** HTTP status of the refused upgrade: 401 for the secret, 403 for the origin. Browsers do not tell it. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** The connection broke after the script was sent and before it was answered. It may have run. */
export class ConnectionLostError extends JavascriptdError {
  override name = 'ConnectionLostError';
  override readonly mayHaveRun = true;
  constructor(
    /** Close code of the WebSocket; 1006 when it broke without one. */
    readonly closeCode: number,
    /** Why, in the words of the service. */
    readonly reason: string,
    cause?: unknown,
  ) {
    const why = reason === '' ? `${closeCode}` : `${closeCode} ${reason}`;
    super(
      `the connection was lost (${why}) before the answer came; the script may have run`,
      cause === undefined ? undefined : { cause },
    );
  }
}

/** This side called `close()`. */
export class ClosedError extends JavascriptdError {
  override name = 'ClosedError';
  constructor(override readonly mayHaveRun: boolean) {
    super(`the client was closed${mayHaveRun ? ' before the answer came; the script may have run' : ''}`);
  }
}

/** The request is larger than the service takes, which would close the connection for all. It was not sent. */
export class FrameTooLargeError extends JavascriptdError {
  override name = 'FrameTooLargeError';
  constructor(
    readonly bytes: number,
    readonly maxFrameBytes: number,
  ) {
    super(`the request has ${bytes} bytes, more than maxFrameBytes, ${maxFrameBytes}`);
  }
}

/** Loops did not take what the script streamed, and `bufferSize` was reached. The script was cancelled. */
export class SlowReaderError extends JavascriptdError {
  override name = 'SlowReaderError';
  override readonly mayHaveRun = true;
  constructor(
    /** Characters of JSON that waited, and were dropped. */
    readonly characters: number,
  ) {
    super(
      `${characters} characters of console lines and values were not taken in time: take them faster, ` +
        'set options.stream to false, or raise bufferSize',
    );
  }
}
