import { JsonText, scanJson } from '../../../src/json-text/index.js';
import { decode as decodeText, encodeError, encodeResult } from '../../../src/protocol/message.js';

/** Payloads as values, which the protocol itself does not make. */
function decode(frame: string): unknown {
  const message = decodeText(scanJson(Buffer.from(frame), 'payload'));
  if (message.kind === 'undecodable') return message;
  return { ...message, payload: message.payload instanceof JsonText ? message.payload.parse() : undefined };
}

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('decode', () => {
  it('reads a request', () => {
    expect(decode('{"type":"req","method":"m","id":1,"payload":{"a":1}}')).toEqual({
      kind: 'request',
      id: 1,
      method: 'm',
      payload: { a: 1 },
      more: false,
      ext: undefined,
      invalid: undefined,
    });
  });

  it.each([
    ['1', 1],
    ['0', 0],
    ['-3', -3],
    ['1.5', 1.5],
    ['"abc"', 'abc'],
    ['""', ''],
    ['"1"', '1'],
    ['null', undefined],
  ])('takes %s as an id', (json, id) => {
    expect(decode(`{"type":"req","method":"m","id":${json}}`)).toMatchObject({ kind: 'request', id });
  });

  it('takes a request without an id for a notification', () => {
    expect(decode('{"type":"req","method":"m"}')).toMatchObject({ kind: 'request', id: undefined });
  });

  it.each([
    ['true', true],
    ['false', false],
    ['null', false],
  ])('reads more: %s', (json, more) => {
    expect(decode(`{"type":"req","method":"m","id":1,"more":${json}}`)).toMatchObject({
      more,
      invalid: undefined,
    });
  });

  it.each([
    ['{"a":[1,"x"]}', '{"a":[1,"x"]}'],
    ['0', '0'],
    ['false', 'false'],
    ['""', '""'],
    ['null', undefined],
  ])('keeps ext %s as text', (json, ext) => {
    expect(decode(`{"type":"req","method":"m","id":1,"ext":${json}}`)).toMatchObject({ ext });
  });

  it.each([
    ['no method', '{"type":"req","id":1}', 'method'],
    ['method null', '{"type":"req","id":1,"method":null}', 'method'],
    ['method number', '{"type":"req","id":1,"method":5}', 'method'],
    ['method object', '{"type":"req","id":1,"method":{"toString":1}}', 'method'],
    ['method array', '{"type":"req","id":1,"method":["m"]}', 'method'],
    ['more number', '{"type":"req","id":1,"method":"m","more":1}', 'more'],
    ['more text', '{"type":"req","id":1,"method":"m","more":"true"}', 'more'],
  ])('names the wrong field: %s', (_name, frame, field) => {
    expect(decode(frame)).toMatchObject({ kind: 'request', id: 1, invalid: { field } });
  });

  it('never throws on a very deep ext, which some engines cannot write again', () => {
    const message = decode(`{"type":"req","id":1,"method":"m","ext":${deep(200_000)}}`);
    const written = expect.objectContaining({ kind: 'request', ext: deep(200_000), invalid: undefined });
    const refused = expect.objectContaining({
      ext: undefined,
      invalid: expect.objectContaining({ field: 'ext' }),
    });
    expect(written.asymmetricMatch(message) || refused.asymmetricMatch(message)).toBe(true);
  });

  it.each([
    ['{"type":"rep","id":1,"payload":1}', { id: 1, payload: 1, more: false }],
    ['{"type":"rep","id":1,"payload":1,"more":true}', { id: 1, payload: 1, more: true }],
    ['{"type":"rep"}', { more: false }],
    ['{"type":"rep","id":1,"error":{"code":1}}', { id: 1, error: { code: 1 }, more: false }],
  ])('knows the reply %s', (frame, fields) => {
    expect(decode(frame)).toEqual({ kind: 'reply', ...fields });
  });

  it.each([
    ['SIMPLEX/1.0;json', 1007],
    ['{', 1007],
    ['{"type":"req",}', 1007],
    [' ', 1007],
    ['undefined', 1007],
    ['NaN', 1007],
    ['\u0000', 1007],
    ['null', 1002],
    ['5', 1002],
    ['true', 1002],
    ['"text"', 1002],
    ['[]', 1002],
    ['[{"type":"req","method":"m","id":1}]', 1002],
    ['{}', 1002],
    ['{"type":null,"method":"m","id":1}', 1002],
    ['{"type":"REQ","method":"m","id":1}', 1002],
    ['{"type":"event","method":"m","id":1}', 1002],
    ['{"type":1,"method":"m","id":1}', 1002],
    ['{"__proto__":{"type":"req","method":"m","id":1}}', 1002],
    ['{"type":"req","method":"m","id":{}}', 1002],
    ['{"type":"req","method":"m","id":[1]}', 1002],
    ['{"type":"req","method":"m","id":true}', 1002],
    ['{"type":"req","method":"m","id":false}', 1002],
    ['{"type":"req","method":"m","id":1e999}', 1002],
    [`{"type":"req","method":"m","id":"${'x'.repeat(257)}"}`, 1002],
  ])('cannot decode %j', (frame, closeCode) => {
    expect(decode(frame)).toMatchObject({ kind: 'undecodable', closeCode });
  });

  it('gives close reasons that fit into a close frame', () => {
    for (const frame of ['{', '5', '{}', '{"type":"req","id":[]}']) {
      const message = decodeText(scanJson(Buffer.from(frame)));
      expect(message.kind === 'undecodable' && Buffer.byteLength(message.reason)).toBeLessThanOrEqual(123);
    }
  });
});

describe('encodeResult', () => {
  it.each([
    [1, { a: 1 }, undefined, false, '{"type":"rep","id":1,"payload":{"a":1}}'],
    ['a"b', 'x', undefined, false, '{"type":"rep","id":"a\\"b","payload":"x"}'],
    [0, undefined, undefined, false, '{"type":"rep","id":0,"payload":null}'],
    [1, () => 1, undefined, false, '{"type":"rep","id":1,"payload":null}'],
    [1, Symbol('s'), undefined, false, '{"type":"rep","id":1,"payload":null}'],
    [1, 0, undefined, true, '{"type":"rep","id":1,"payload":0,"more":true}'],
    [1, false, '{"t":1}', false, '{"type":"rep","id":1,"payload":false,"ext":{"t":1}}'],
    [1.5, '', '"e"', true, '{"type":"rep","id":1.5,"payload":"","more":true,"ext":"e"}'],
  ])('writes %j %j', (id, payload, ext, more, frame) => {
    expect(encodeResult(id, payload, ext, more)).toBe(frame);
  });
});

describe('encodeError', () => {
  it('has no payload and echoes ext', () => {
    expect(encodeError('a', { code: 1101, message: 'Unknown method' }, '[1]')).toBe(
      '{"type":"rep","id":"a","error":{"code":1101,"message":"Unknown method"},"ext":[1]}',
    );
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses the code %d, which would panic a Go client',
    (code) => {
      expect(() => encodeError(1, { code, message: '' }, undefined)).toThrow(TypeError);
    },
  );
});
