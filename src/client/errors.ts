/** Base class of all errors that `javascriptd/client` rejects with. */
export class JavascriptdError extends Error {
  override name = 'JavascriptdError';
  /** Code of the error reply (PROTOCOL.md); absent if no reply arrived. */
  readonly code?: number;
  /** Data of the error reply. */
  readonly data?: unknown;
  /** Whether the script may have run, partly or completely. If true, sending it again may repeat its effects. */
  readonly mayHaveRun: boolean = false;
}

/** There was no connection for too long, or the request queue was full. Nothing was sent. */
export class NotConnectedError extends JavascriptdError {
  override name = 'NotConnectedError';
}

/** The service refused the connection, and retrying does not help. Nothing was sent. */
export class RefusedError extends JavascriptdError {
  override name = 'RefusedError';
  constructor(
    message: string,
    /** HTTP status of the refused upgrade: 401 for the secret, 403 for the origin. Absent in browsers. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** The connection was lost after the script was sent and before its reply arrived. The script may have run. */
export class ConnectionLostError extends JavascriptdError {
  override name = 'ConnectionLostError';
  override readonly mayHaveRun = true;
  constructor(
    /** WebSocket close code; 1006 if the connection broke without a closing handshake. */
    readonly closeCode: number,
    /** Close reason of the service, or the client's own reason for closing. */
    readonly reason: string,
    cause?: unknown,
  ) {
    const why = reason === '' ? `${closeCode}` : `${closeCode} ${reason}`;
    super(
      `the connection was lost before the reply arrived (${why}); the script may have run`,
      cause === undefined ? undefined : { cause },
    );
  }
}

/** The client was closed with `close()`. */
export class ClosedError extends JavascriptdError {
  override name = 'ClosedError';
  constructor(override readonly mayHaveRun: boolean) {
    super(`the client was closed${mayHaveRun ? ' before the reply arrived; the script may have run' : ''}`);
  }
}

/** The request exceeds the service's frame limit. It was not sent, because the service would close the connection. */
export class FrameTooLargeError extends JavascriptdError {
  override name = 'FrameTooLargeError';
  constructor(
    readonly bytes: number,
    readonly maxFrameBytes: number,
  ) {
    super(`the request is too large: ${bytes} bytes exceed maxFrameBytes (${maxFrameBytes})`);
  }
}

/** The loops did not read the streamed output fast enough, and it exceeded `bufferSize`. The script was cancelled. */
export class SlowReaderError extends JavascriptdError {
  override name = 'SlowReaderError';
  override readonly mayHaveRun = true;
  constructor(
    /** Characters of JSON that were unread, and were discarded. */
    readonly characters: number,
  ) {
    super(
      `${characters} characters of console lines and values were not read in time: read them faster, ` +
        'set options.stream to false, or raise bufferSize',
    );
  }
}
