/** What both doors export. */
export type { Client } from './client.js';
export type { ConnectOptions } from './connect-options.js';
export {
  ClosedError,
  ConnectionLostError,
  FrameTooLargeError,
  JavascriptdError,
  NotConnectedError,
  RefusedError,
} from './errors.js';
export type { Execution } from './execution.js';
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
} from './reply-errors.js';
export type {
  ConsoleLine,
  ExecuteOptions,
  ExecuteRequest,
  HostFunction,
  HostFunctions,
  Result,
  Usage,
} from './script.js';
