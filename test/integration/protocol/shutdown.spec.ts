import { Injectable } from '@nestjs/common';
import { SubscribeMessage } from '@nestjs/websockets';
import { DuplexGateway } from '../../../src/protocol/index.js';
import { bootDuplexApp } from '../../support/duplex-app.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { RawClient, UpgradeRefusedError } from '../../support/raw-client.js';
import { SampleGateway } from '../../support/sample.gateway.js';
import { until } from '../../support/until.js';

/** On another path, so on a server of its own. */
@DuplexGateway('/other')
@Injectable()
class OtherGateway {
  @SubscribeMessage('other')
  other(): string {
    return 'other';
  }
}

describe('shutdown', () => {
  it('answers what runs, refuses what is new, and closes with 1001', async () => {
    const server = await bootDuplexApp([SampleGateway]);
    const gateway = server.app.get(SampleGateway);
    const busy = await DuplexClient.connect(server.url);
    const idle = await RawClient.greet(server.url);
    const silent = await RawClient.connect(server.url);
    const running = busy.call('hold');
    await until(() => gateway.held.length > 0);

    const closed = server.close();
    expect(await statusOnceRefused(server.url)).toBe(503);
    await expect(busy.call('echo')).rejects.toMatchObject({ code: 1202, message: 'Shutting down' });
    gateway.held[0]?.('answered');
    expect(await running).toBe('answered');
    const closings = await Promise.all([busy.closed, idle.closed, silent.closed]);
    expect(closings.map(({ code }) => code)).toEqual([1001, 1001, 1001]);
    await closed;
  });

  it('does not wait longer than the grace', async () => {
    const server = await bootDuplexApp([SampleGateway], { shutdownGraceMs: 50 });
    const gateway = server.app.get(SampleGateway);
    const client = await RawClient.greet(server.url);
    client.send('{"type":"req","method":"hold","id":1}');
    await until(() => gateway.held.length > 0);
    await server.close();
    expect((await client.closed).code).toBe(1001);
  });

  it('terminates a client that does not close', async () => {
    const server = await bootDuplexApp([SampleGateway], { closeTimeoutMs: 50 });
    const client = await RawClient.greet(server.url);
    const peer = server.app.get(SampleGateway).connected[0];
    client.socket.pause();
    await server.close();
    expect(peer?.closed.aborted).toBe(true);
    client.socket.terminate();
  });

  it('closes the servers of all paths', async () => {
    const server = await bootDuplexApp([SampleGateway, OtherGateway]);
    const other = await DuplexClient.connect(`${server.url}other`);
    const client = await DuplexClient.connect(server.url);
    expect(await other.call('other')).toBe('other');
    await expect(other.call('echo')).rejects.toMatchObject({ code: 1101 });
    await server.close();
    expect((await client.closed).code).toBe(1001);
    expect((await other.closed).code).toBe(1001);
  });
});

/** Nest runs the shutdown hooks of providers first, so the first attempts may still get in. */
async function statusOnceRefused(url: string): Promise<number> {
  try {
    await (await RawClient.connect(url)).close();
  } catch (error) {
    return error instanceof UpgradeRefusedError ? error.status : 0;
  }
  return statusOnceRefused(url);
}
