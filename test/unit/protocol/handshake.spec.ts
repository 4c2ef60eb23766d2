import { formatGreeting, formatRefusal, parseGreeting } from '../../../src/protocol/handshake.js';

describe('parseGreeting', () => {
  it.each(['SIMPLEX/1.0;json', 'SIMPLEX/1.1;json', 'SIMPLEX/1.42;json'])('accepts %s', (frame) => {
    expect(parseGreeting(frame).kind).toBe('accepted');
  });

  it('gives the minor version', () => {
    expect(parseGreeting('SIMPLEX/1.7;json')).toEqual({ kind: 'accepted', minorVersion: 7 });
  });

  it.each([
    ['', 'empty handshake'],
    ['hello', 'not a SIMPLEX handshake'],
    ['+OK', 'not a SIMPLEX handshake'],
    ['DUPLEX/1.0;json', 'not a SIMPLEX handshake'],
    ['simplex/1.0;json', 'not a SIMPLEX handshake'],
    ['SIMPLEX/1.0', 'not a SIMPLEX handshake'],
    ['SIMPLEX/1.0;json\n', 'not a SIMPLEX handshake'],
    [' SIMPLEX/1.0;json', 'not a SIMPLEX handshake'],
    ['SIMPLEX/1.x;json', 'not a SIMPLEX handshake'],
    ['SIMPLEX/1.99999;json', 'not a SIMPLEX handshake'],
    ['{"type":"req","method":"echo","id":1}', 'not a SIMPLEX handshake'],
    ['SIMPLEX/2.0;json', 'unsupported version'],
    ['SIMPLEX/0.9;json', 'unsupported version'],
    ['SIMPLEX/1.0;msgpack', 'unsupported codec'],
    ['SIMPLEX/1.0;zzz', 'unsupported codec'],
    ['SIMPLEX/1.0;JSON', 'unsupported codec'],
    ['SIMPLEX/1.0;', 'unsupported codec'],
  ])('refuses %j: %s', (frame, reason) => {
    expect(parseGreeting(frame)).toEqual({ kind: 'refused', reason });
  });

  it('accepts what formatGreeting makes', () => {
    expect(formatGreeting()).toBe('SIMPLEX/1.0;json');
    expect(parseGreeting(formatGreeting(3))).toEqual({ kind: 'accepted', minorVersion: 3 });
  });
});

describe('formatRefusal', () => {
  it.each([
    'empty handshake',
    'not a SIMPLEX handshake',
    'unsupported version',
    'unsupported codec',
    'handshake timeout',
    'handshake must be text',
  ])('fits "%s" into the 32 bytes that Go reads', (reason) => {
    expect(formatRefusal(reason)).toMatch(/^-ERR /);
    expect(Buffer.byteLength(formatRefusal(reason))).toBeLessThanOrEqual(32);
  });
});
