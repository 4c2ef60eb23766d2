import {
  BadRequestException,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WsException } from '@nestjs/websockets';
import { Observable, interval, of, throwError } from 'rxjs';
import { DuplexError, DuplexGateway, Peer, channelOf } from '../../src/protocol/index.js';

class Refusing implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

/** Lets those in whose upgrade had a header; sees the channel as filters do. */
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const peer = context.switchToWs().getClient<Peer>();
    return peer.headers['x-key'] === 'sesame' && channelOf(context).method === 'guardedByHeader';
  }
}

class NumberPipe implements PipeTransform {
  transform(value: unknown): number {
    if (typeof value !== 'number') throw new BadRequestException('expected a number');
    return value;
  }
}

class Passing implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle();
  }
}

/** Every way in which a handler can answer. */
@DuplexGateway()
@Injectable()
export class SampleGateway {
  readonly connected: Peer[] = [];
  readonly disconnected: Peer[] = [];
  readonly executions: unknown[] = [];
  readonly held: ((value: unknown) => void)[] = [];
  subscriptions = 0;

  handleConnection(peer: Peer): void {
    this.connected.push(peer);
  }

  handleDisconnect(peer: Peer): void {
    this.disconnected.push(peer);
  }

  @SubscribeMessage('echo')
  echo(@MessageBody() payload: unknown): unknown {
    this.executions.push(payload);
    return payload;
  }

  @SubscribeMessage('whoami')
  whoami(@ConnectedSocket() peer: Peer): unknown {
    return { identity: peer.identity, header: peer.headers['x-key'] };
  }

  /** Answered when the test says so. */
  @SubscribeMessage('hold')
  hold(): Promise<unknown> {
    return new Promise((resolve) => this.held.push(resolve));
  }

  @SubscribeMessage('big')
  big(@MessageBody() size: number): string {
    return 'x'.repeat(size);
  }

  @SubscribeMessage('bigint')
  bigint(): unknown {
    return { value: 1n };
  }

  @SubscribeMessage('fail')
  fail(): never {
    throw new DuplexError(1000, 'Mine', { why: 'because' });
  }

  @SubscribeMessage('crash')
  async crash(): Promise<never> {
    await Promise.resolve();
    throw new Error('secret detail');
  }

  @SubscribeMessage('throwText')
  throwText(): never {
    // oxlint-disable-next-line no-throw-literal, only-throw-error
    throw 'secret text';
  }

  @SubscribeMessage('wsException')
  wsException(): never {
    throw new WsException('secret exception');
  }

  @UseGuards(Refusing)
  @SubscribeMessage('guarded')
  guarded(): string {
    this.executions.push('guarded');
    return 'never';
  }

  @UseGuards(HeaderGuard)
  @SubscribeMessage('guardedByHeader')
  guardedByHeader(): string {
    return 'in';
  }

  @SubscribeMessage('number')
  number(@MessageBody(NumberPipe) value: number): number {
    return value + 1;
  }

  @SubscribeMessage('count')
  count(): Observable<number> {
    return of(1, 2, 3);
  }

  @SubscribeMessage('countThenFail')
  countThenFail(): Observable<number> {
    return new Observable((observer) => {
      observer.next(1);
      observer.next(2);
      observer.error(new DuplexError(1000, 'Mine'));
    });
  }

  @SubscribeMessage('crashingStream')
  crashingStream(): Observable<never> {
    return throwError(() => new Error('secret detail'));
  }

  @SubscribeMessage('ticks')
  ticks(): Observable<number> {
    return new Observable((observer) => {
      this.subscriptions++;
      const inner = interval(5).subscribe(observer);
      return () => {
        inner.unsubscribe();
        this.subscriptions--;
      };
    });
  }

  @UseInterceptors(Passing)
  @SubscribeMessage('intercepted')
  intercepted(@MessageBody() payload: unknown): unknown {
    this.executions.push(payload);
    return payload;
  }
}

/** Shares the server, and so every connection, with {@link SampleGateway}. */
@DuplexGateway()
@Injectable()
export class SecondGateway {
  readonly connected: Peer[] = [];

  handleConnection(peer: Peer): void {
    this.connected.push(peer);
  }

  @SubscribeMessage('second')
  second(@MessageBody() payload: unknown): unknown {
    return { second: payload };
  }
}
