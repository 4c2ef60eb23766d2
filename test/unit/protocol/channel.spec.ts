import { Channel } from '../../../src/protocol/channel.js';
import { DuplexError } from '../../../src/protocol/errors.js';
import type { Request } from '../../../src/protocol/message.js';

const request: Request = {
  kind: 'request',
  id: 7,
  method: 'm',
  payload: undefined,
  more: false,
  ext: undefined,
  invalid: undefined,
};

function open(fields: Partial<Request> = {}) {
  const frames: unknown[] = [];
  const released: number[] = [];
  const reported: { error: unknown; method: string }[] = [];
  const channel = new Channel(
    {
      drained: undefined,
      send: (frame) => frames.push(JSON.parse(frame.toString())),
      release: (bytes) => released.push(bytes),
      report: (error, method) => reported.push({ error, method }),
    },
    { ...request, ...fields },
    { bytes: 42, at: 0, served: true },
  );
  return { channel, frames, released, reported };
}

const circular: Record<string, unknown> = {};
circular['self'] = circular;

const unencodable: [string, unknown][] = [
  ['a cycle', circular],
  ['a BigInt', 1n],
  [
    'a throwing toJSON',
    {
      toJSON() {
        throw new Error('secret');
      },
    },
  ],
];

const INTERNAL = { code: 1203, message: 'Internal' };

describe('Channel', () => {
  it('sends the reply and gives its bytes back', () => {
    const { channel, frames, released } = open();
    channel.reply({ a: 1 });
    expect(frames).toEqual([{ type: 'rep', id: 7, payload: { a: 1 } }]);
    expect(released).toEqual([42]);
    expect(channel.settled).toBe(true);
  });

  it('sends undefined as null', () => {
    const { channel, frames } = open();
    channel.reply(undefined);
    expect(frames).toEqual([{ type: 'rep', id: 7, payload: null }]);
  });

  it('sends the error with its data', () => {
    const { channel, frames, reported } = open({ ext: '"e"' });
    channel.fail(new DuplexError(1000, 'Error', { stack: 's' }));
    expect(frames).toEqual([
      { type: 'rep', id: 7, error: { code: 1000, message: 'Error', data: { stack: 's' } }, ext: 'e' },
    ]);
    expect(reported).toEqual([]);
  });

  it('logs any other error than a DuplexError, and answers without details', () => {
    const { channel, frames, reported } = open();
    const error = new Error('secret');
    channel.fail(error);
    expect(frames).toEqual([{ type: 'rep', id: 7, error: INTERNAL }]);
    expect(reported).toEqual([{ error, method: 'm' }]);
  });

  it('settles once, whatever comes after', () => {
    const { channel, frames, released } = open();
    channel.reply(1);
    channel.reply(2);
    channel.next(3);
    channel.fail(new DuplexError(1, 'x'));
    channel.fail(new Error('x'));
    expect(frames).toEqual([{ type: 'rep', id: 7, payload: 1 }]);
    expect(released).toEqual([42]);
  });

  it('streams values before the final reply', () => {
    const { channel, frames, released } = open({ ext: '1' });
    channel.next('a');
    channel.next(undefined);
    expect(released).toEqual([]);
    channel.reply('b');
    expect(frames).toEqual([
      { type: 'rep', id: 7, payload: 'a', more: true, ext: 1 },
      { type: 'rep', id: 7, payload: null, more: true, ext: 1 },
      { type: 'rep', id: 7, payload: 'b', ext: 1 },
    ]);
  });

  it.each(unencodable)('answers a reply with %s as internal, once', (_name, payload) => {
    const { channel, frames, released, reported } = open();
    channel.reply(payload);
    channel.reply(1);
    expect(frames).toEqual([{ type: 'rep', id: 7, error: INTERNAL }]);
    expect(released).toEqual([42]);
    expect(reported).toHaveLength(1);
  });

  it.each(unencodable)('ends a stream at a value with %s', (_name, payload) => {
    const { channel, frames, released } = open();
    channel.next(1);
    channel.next(payload);
    channel.next(2);
    channel.reply(3);
    expect(frames).toEqual([
      { type: 'rep', id: 7, payload: 1, more: true },
      { type: 'rep', id: 7, error: INTERNAL },
    ]);
    expect(released).toEqual([42]);
  });

  it.each(unencodable)('answers an error whose data has %s as internal', (_name, data) => {
    const { channel, frames, reported } = open();
    channel.fail(new DuplexError(1000, 'x', data));
    expect(frames).toEqual([{ type: 'rep', id: 7, error: INTERNAL }]);
    expect(reported).toHaveLength(1);
  });

  it('sends nothing for a notification, and still settles', () => {
    const { channel, frames, released } = open({ id: undefined });
    channel.next(1);
    channel.reply(circular);
    expect(frames).toEqual([]);
    expect(released).toEqual([42]);

    const failing = open({ id: undefined });
    failing.channel.fail(new DuplexError(1, 'x'));
    expect(failing.frames).toEqual([]);
    expect(failing.released).toEqual([42]);
  });

  it('calls back once, after the final reply, with its code and the bytes of all its frames', () => {
    const { channel, frames } = open();
    const settlements: unknown[] = [];
    channel.onSettled(({ code, served, method }) =>
      settlements.push({ code, served, method, frames: frames.length }),
    );
    channel.next(1);
    expect(settlements).toEqual([]);
    channel.fail(new DuplexError(5, 'five'));
    channel.reply(2);
    expect(settlements).toEqual([{ code: 5, served: true, method: 'm', frames: 2 }]);
  });

  it.each(unencodable)('calls back with the code that was sent in place of %s', (_, value) => {
    const { channel } = open();
    const codes: unknown[] = [];
    channel.onSettled(({ code }) => codes.push(code));
    channel.fail(new DuplexError(5, 'five', value));
    expect(codes).toEqual([1203]);
  });
});
