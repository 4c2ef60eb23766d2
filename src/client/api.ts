/** Exports of both entry points, `index.ts` (Node) and `browser.ts`. */
export type { Client } from './client.js';
export type { ConnectOptions } from './connect-options.js';
export {
  ClosedError,
  ConnectionLostError,
  FrameTooLargeError,
  JavascriptdError,
  NotConnectedError,
  RefusedError,
  SlowReaderError,
} from './errors.js';
export type { Execution } from './execution.js';
export type { PreparedScript } from './prepared-script.js';
export {
  BusyError,
  CancelledError,
  EndedError,
  InternalError,
  InvalidScriptError,
  LimitError,
  NotImplementedError,
  RejectedError,
  ReplyError,
  SandboxFailedError,
  ScriptError,
  ShuttingDownError,
  TimeoutError,
  UnknownScriptError,
} from './reply-errors.js';
export type {
  CallRequest,
  ConsoleLine,
  ExecuteOptions,
  ExecuteRequest,
  HostFunction,
  HostFunctions,
  Result,
  ScriptTexts,
  Usage,
} from './script.js';
