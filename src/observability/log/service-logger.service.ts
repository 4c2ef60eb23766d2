import { Injectable, type LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Contexts of Nest's startup messages: forty lines that tell nothing about this service. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'WebSocketsController',
  'ExceptionHandler',
]);

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * Nest's logger: writes to the log of the service, without Nest's startup messages. An error that aborts the start is left
 * out, too, since the caller gets it from the promise and reports it once.
 */
@Injectable()
export class ServiceLogger implements LoggerService {
  constructor(private readonly lines: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    if (!isFrameworks(rest)) this.#write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    if (!isFrameworks(rest)) this.#write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  /** Nest passes the context last; for errors, the stack may come before it. */
  #write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const given = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    const stack = message instanceof Error ? message.stack : given;
    this.lines[level]({ context, stack }, textOf(message));
  }
}

/** Objects and properties of errors may hold secrets or client data, so they are left out. */
function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : `a value of type ${typeof message}`;
}

function isFrameworks(rest: readonly unknown[]): boolean {
  const context = rest.at(-1);
  return typeof context === 'string' && FRAMEWORK.has(context);
}
