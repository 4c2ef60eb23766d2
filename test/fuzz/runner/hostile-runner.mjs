/**
 * A runner process that is the attacker's own: it is ready as a runner is, and answers an execution with the hostile
 * frames that its code names, or with 42 where it names none.
 */
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { encoded, hostilePieces } from './hostile-frames.mjs';

const [PREPARE, EXECUTE, COMPILE] = [1, 2, 5];
const socket = new Socket({ fd: 3, readable: true, writable: false });
let read = Buffer.alloc(0);

socket.on('data', (chunk) => {
  read = Buffer.concat([read, chunk]);
  while (read.length >= 4 && read.length >= 4 + read.readUInt32LE(0)) {
    const end = 4 + read.readUInt32LE(0);
    take(read[4], read.toString('utf8', 5, end));
    read = read.subarray(end);
  }
});
socket.on('end', () => process.exit(0));

function take(kind, text) {
  if (kind === PREPARE) write(encoded(1, ''));
  if (kind !== EXECUTE && kind !== COMPILE) return;
  const { code } = JSON.parse(text.split('\n', 1)[0]);
  if (code === 'honest') return write(Buffer.concat([encoded(5, '42'), encoded(2, '')]));
  const { seed, at } = JSON.parse(code);
  for (const piece of hostilePieces(seed, at)) write(piece);
}

function write(bytes) {
  for (let from = 0; from < bytes.length;) {
    try {
      from += writeSync(3, bytes, from);
    } catch (error) {
      // The gateway does not read at this moment, or not any more.
      if (error.code !== 'EAGAIN') process.exit(0);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
