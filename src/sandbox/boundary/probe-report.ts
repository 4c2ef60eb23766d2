/** The targets of a probe. The gateway has created them, so that a probe which escapes finds them. */
export interface Targets {
  /** A file that every user may read. */
  readonly file: string;
  /** A folder that every user may write to; absent if the gateway itself has none. */
  readonly folder: string | undefined;
  /** Ports and paths where the gateway listens; it knows whether a connection came. */
  readonly tcpPort: number;
  readonly udpPort: number;
  readonly socketPaths: readonly string[];
  /** The gateway, and perhaps another runner process. */
  readonly pids: readonly number[];
  /** Folders that a runner process must be able to read. */
  readonly needed: readonly string[];
}

/** The findings that a probe reports; the gateway sees the rest itself. */
export interface Findings {
  /** The content of the file. */
  readonly read: string | undefined;
  /** Whether a program could be started. */
  readonly spawned: boolean;
  /** The processes of {@link Targets.pids} that can be signalled, whose environment can be read, whose memory can be opened. */
  readonly signalled: readonly number[];
  readonly environments: readonly number[];
  readonly memories: readonly number[];
  /** The folders of {@link Targets.needed} that cannot be read. */
  readonly missing: readonly string[];
}
