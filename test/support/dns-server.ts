import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';

/** Addresses of both families; a response code of DNS (2 is SERVFAIL, 3 is NXDOMAIN); or nothing at all. */
export type DnsAnswer = readonly string[] | number | 'silence';

const TYPES: Readonly<Record<number, 'A' | 'AAAA'>> = { 1: 'A', 28: 'AAAA' };

/** A name server on this machine, over UDP, that answers as a test says. */
export class DnsServer {
  /** Names in the order in which they were first asked for. */
  readonly asked: string[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly answerOf: (name: string, type: 'A' | 'AAAA') => DnsAnswer,
  ) {}

  static async start(answerOf: (name: string, type: 'A' | 'AAAA') => DnsAnswer): Promise<DnsServer> {
    const socket = createSocket('udp4');
    const server = new DnsServer(socket, answerOf);
    socket.on('message', (message, { port, address }) => {
      const answer = server.#answer(message);
      if (answer !== undefined) socket.send(answer, port, address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  close(): void {
    this.socket.close();
  }

  #answer(question: Buffer): Buffer | undefined {
    const labels: string[] = [];
    let at = 12;
    for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
      labels.push(question.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const name = labels.join('.').toLowerCase();
    const type = TYPES[question.readUInt16BE(at + 1)] ?? 'A';
    if (!this.asked.includes(name)) this.asked.push(name);
    const answer = this.answerOf(name, type);
    if (answer === 'silence') return undefined;
    const records =
      typeof answer === 'number' ? [] : answer.filter((one) => isIPv4(one) === (type === 'A')).map(recordOf);
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(0x81_80 | (typeof answer === 'number' ? answer : 0), 2);
    head.writeUInt16BE(records.length, 6);
    head.writeUInt32BE(0, 8);
    return Buffer.concat([head, question.subarray(12, at + 5), ...records]);
  }
}

/** Of the name in the question. */
function recordOf(address: string): Buffer {
  const data = isIPv4(address) ? Buffer.from(address.split('.').map(Number)) : sixOf(address);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc0_0c, 0);
  record.writeUInt16BE(data.length === 4 ? 1 : 28, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([record, data]);
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));

function sixOf(address: string): Buffer {
  const [left = '', right = ''] = address.split('::');
  const [before, after] = [groups(left), groups(right)];
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
