import { requestHeaders, responseHeaders } from '../../../src/egress/clean-headers.js';

const none = new Map<string, string>();
const sent = (headers: string[], hasBody = true): string[] => requestHeaders(headers, none, hasBody);

describe('headers of a request', () => {
  it('are sent as they were written', () => {
    expect(sent(['X-A', '1', 'x-a', 'ü', 'Accept', '*/*'])).toEqual([
      'X-A',
      '1',
      'x-a',
      'ü',
      'Accept',
      '*/*',
    ]);
  });

  it.each([
    'Host',
    'connection',
    'Keep-Alive',
    'Transfer-Encoding',
    'TE',
    'Trailer',
    'Upgrade',
    'Expect',
    'Proxy-Authorization',
    'proxy-connection',
    'http2-settings',
  ])('lose what is of a connection: %s', (name) => {
    expect(sent([name, 'x', 'a', 'b'])).toEqual(['a', 'b']);
  });

  it.each([
    [['a\r\nb', 'c']],
    [['a', 'b\r\nc: d']],
    [['a', 'b\nc']],
    [['a', '\0']],
    [['a b', 'c']],
    [['', 'c']],
    [['a:', 'c']],
    [['a', 'ﬀ']],
    [['content-length', '5', 'Content-Length', '6']],
    [['content-length', '-5']],
    [['content-length', '5, 6']],
    [['content-length', '+5']],
    [['content-length', '0x5']],
    [['a', 'x'.repeat(70_000)]],
    [Array.from({ length: 500 }, () => 'a')],
  ])('are refused where they would be something else: %j', (headers) => {
    expect(() => sent(headers)).toThrow(expect.objectContaining({ code: 'ERR_EGRESS_INVALID_REQUEST' }));
  });

  it('keep one content-length, and only with a body', () => {
    expect(sent(['content-length', '5', 'Content-Length', '5'])).toEqual(['content-length', '5']);
    expect(sent(['content-length', '5'], false)).toEqual([]);
  });

  it('get what the operator adds, in place of the script’s own', () => {
    const added = new Map([['authorization', 'hush']]);
    expect(requestHeaders(['Authorization', 'mine', 'a', 'b'], added, false)).toEqual([
      'a',
      'b',
      'authorization',
      'hush',
    ]);
  });
});

describe('headers of a response', () => {
  it('come without those of the connection, cookies as they are', () => {
    const raw = ['Set-Cookie', 'a', 'Set-Cookie', 'b', 'Connection', 'close', 'Transfer-Encoding', 'chunked'];
    expect(responseHeaders(raw.map((text) => Buffer.from(text)))).toEqual([
      'Set-Cookie',
      'a',
      'Set-Cookie',
      'b',
    ]);
  });
});
