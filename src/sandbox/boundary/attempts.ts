/** What a probe is to try. Everything here is the gateway's own, made to be found. */
export interface Targets {
  /** A file that every user may read. */
  readonly file: string;
  /** A folder that every user may write to; absent where the gateway itself has none. */
  readonly folder: string | undefined;
  /** Ports and paths where the gateway listens: it is the one who knows whether anything came. */
  readonly tcpPort: number;
  readonly udpPort: number;
  readonly socketPaths: readonly string[];
  /** The gateway, and perhaps another runner. */
  readonly pids: readonly number[];
  /** Folders that a runner has to be able to read. */
  readonly needed: readonly string[];
}

/** What a probe reports of itself; the rest the gateway sees. */
export interface Findings {
  /** Content of the file. */
  readonly read: string | undefined;
  /** Whether a program could be run. */
  readonly spawned: boolean;
  /** Of {@link Targets.pids}: those that can be signalled, whose environment can be read, whose memory can be opened. */
  readonly signalled: readonly number[];
  readonly environments: readonly number[];
  readonly memories: readonly number[];
  /** Of {@link Targets.needed}: those that cannot be read. */
  readonly missing: readonly string[];
}
