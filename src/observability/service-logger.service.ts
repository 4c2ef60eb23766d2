import { isatty } from 'node:tty';
import { ConsoleLogger, Injectable } from '@nestjs/common';

/** Contexts that tell how Nest starts: forty lines that say nothing about this service. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'WebSocketsController',
  'ExceptionHandler',
]);

/**
 * Nest's logger without Nest's own start. An error that stops the start is left out too: whoever started the
 * service gets it from the promise, and tells it once.
 */
@Injectable()
export class ServiceLogger extends ConsoleLogger {
  constructor() {
    // Node knows of NO_COLOR and the like; Nest colours files and pipes too.
    super({ prefix: 'javascriptd', colors: isatty(1) && process.stdout.hasColors() });
  }

  /** In place of the machine's locale: sortable, and in a zone that is told. */
  protected override getTimestamp(): string {
    return new Date().toISOString();
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!isFrameworks(rest)) super.log(message, ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    if (!isFrameworks(rest)) super.error(message, ...rest);
  }
}

/** Nest passes the context last. */
function isFrameworks(rest: readonly unknown[]): boolean {
  const context = rest.at(-1);
  return typeof context === 'string' && FRAMEWORK.has(context);
}
