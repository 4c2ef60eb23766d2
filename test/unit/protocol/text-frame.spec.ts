import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { MAX_FRAMED_CHARACTERS, textFrame } from '../../../src/protocol/socket-connection.js';

let server: WebSocketServer;
let client: WebSocket;
/** The server's end: ws's, and the socket below it. */
let ours: WebSocket;
let socket: Socket;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  server.on('connection', (webSocket, request) => ([ours, { socket }] = [webSocket, request]));
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await Promise.all([once(client, 'open'), once(server, 'connection')]);
});

afterEach(() => {
  client.terminate();
  server.close();
});

/** The messages that a ws client gets from what `send` writes. */
async function received(count: number, send: () => void): Promise<readonly string[]> {
  const texts: string[] = [];
  const all = new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('message', (data: Buffer, isBinary) => {
      texts.push(`${isBinary ? 'binary ' : ''}${data.toString()}`);
      if (texts.length === count) resolve();
    });
  });
  send();
  await all;
  return texts;
}

describe('the frame of a text', () => {
  it('is what ws reads as that text, whatever its length in bytes', async () => {
    const lengths = [0, 1, 124, 125, 126, 127, 4096, 16_383, MAX_FRAMED_CHARACTERS];
    const texts = lengths.flatMap((length) => ['a', 'é', '漢'].map((letter) => letter.repeat(length)));
    texts.push('😀'.repeat(MAX_FRAMED_CHARACTERS / 2));
    const got = await received(texts.length, () => {
      for (const text of texts) socket.write(textFrame(text));
    });
    expect(got).toEqual(texts);
  });

  it('has the replacement character for half a surrogate pair, as UTF-8 cannot represent it', async () => {
    expect(await received(1, () => socket.write(textFrame('a\ud83d')))).toEqual(['a\ufffd']);
  });

  it('stays in order between frames that ws writes, of any length, while the connection is congested', async () => {
    const texts = Array.from({ length: 200 }, (_, i) => (i % 7 === 3 ? `${i} `.repeat(2 ** 17) : `${i}`));
    const got = await received(texts.length, () => {
      for (const [i, text] of texts.entries())
        if (i % 2 === 0 && text.length <= MAX_FRAMED_CHARACTERS) socket.write(textFrame(text));
        else ours.send(text);
    });
    expect(got.every((text, i) => text === texts[i])).toBe(true);
  });
});
