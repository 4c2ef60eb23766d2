import { TcpClient } from './tcp-client.js';
import { until } from './until.js';

/** What came back on a connection that sent a request's head, and a part of its body or none. */
export interface HeadAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly client: TcpClient;
}

/**
 * Sends bytes and reads the head of the first answer.
 * @param sent at least a whole head; what its body lacks is never sent
 */
export async function answerTo(port: number, sent: string): Promise<HeadAnswer> {
  const client = await TcpClient.connect(port);
  let text = '';
  client.socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  client.socket.write(sent);
  await until(() => text.includes('\r\n\r\n'));
  const [head = ''] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(statusLine.split(' ')[1]), headers: new Map(headers), client };
}
