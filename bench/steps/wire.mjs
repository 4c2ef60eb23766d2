// The wire's steps: a frame of the client's becomes a request, a result becomes a frame.
import { Duplex } from 'node:stream';
import { Receiver, Sender } from 'ws';
import { scanJson } from '../../dist/json-text/index.js';
import { decode, encodeResult, OPENED_FIELD } from '../../dist/protocol/message.js';
import { microseconds } from './stopwatch.mjs';

const nowhere = () =>
  new Duplex({
    read() {},
    write(chunk, encoding, done) {
      done();
    },
  });

/** A frame as a client sends it: masked. */
function clientFrame(text) {
  const parts = Sender.frame(Buffer.from(text), {
    fin: true,
    rsv1: false,
    opcode: 1,
    mask: true,
    readOnly: false,
  });
  return Buffer.concat(parts);
}

export function frameIn(payload) {
  const text = JSON.stringify({ type: 'req', id: 1, method: 'runtime.execute', payload });
  const frame = clientFrame(text);
  const receiver = new Receiver({ isServer: true, maxPayload: 8_388_608, binaryType: 'nodebuffer' });
  let heard;
  receiver.on('message', (data) => heard(decode(scanJson(data, OPENED_FIELD))));
  return microseconds(
    () =>
      new Promise((resolve) => {
        heard = resolve;
        // It unmasks in place.
        receiver.write(Buffer.from(frame));
      }),
  );
}

export function frameOut(result) {
  const sender = new Sender(nowhere());
  const options = { fin: true, opcode: 1, mask: false, compress: false };
  return microseconds(() => sender.send(encodeResult(1, result, undefined, false), { ...options }, () => {}));
}
