import { parseEgress } from '../../../src/egress-policy/index.js';

const allows = (list: string, url: string): boolean =>
  parseEgress(list.split(',')).match(new URL(url)) !== undefined;

describe('a list of hosts', () => {
  it.each([
    ['api.github.com', 'https://api.github.com/x?y', true],
    ['api.github.com', 'https://API.GitHub.com/', true],
    ['api.github.com', 'https://api.github.com:443/', true],
    ['API.GitHub.com', 'https://api.github.com/', true],
    ['api.github.com', 'http://api.github.com/', false],
    ['api.github.com', 'https://api.github.com:8443/', false],
    ['api.github.com', 'https://api.github.com./', false],
    ['api.github.com', 'https://x.api.github.com/', false],
    ['api.github.com', 'https://github.com/', false],
    ['api.github.com', 'https://api.github.com.evil.com/', false],
    ['api.github.com', 'https://api.github.com@evil.com/', false],
    ['api.github.com', 'https://evil.com#@api.github.com/', false],
    ['api.github.com', 'https://evil.com\\@api.github.com/', false],
    ['api.github.com', 'https://evil.com/?api.github.com', false],
    ['api.github.com', 'ftp://api.github.com/', false],
    ['api.github.com', 'wss://api.github.com/', false],
    ['api.github.com:8443', 'https://api.github.com:8443/', true],
    ['api.github.com:8443', 'http://api.github.com:8443/', false],
    ['api.github.com:8443', 'https://api.github.com/', false],
    ['http://intranet', 'http://intranet/', true],
    ['http://intranet', 'https://intranet/', false],
    ['http://intranet:8080', 'http://intranet:8080/', true],
    ['https://intranet', 'https://intranet/', true],
    ['*.slack.com:443', 'https://a.slack.com/', true],
    ['*.slack.com', 'https://a.b.slack.com/', true],
    ['*.slack.com', 'https://slack.com/', false],
    ['*.slack.com', 'https://evilslack.com/', false],
    ['*.slack.com', 'https://slack.com.evil.com/', false],
    ['*', 'https://anything.example/', true],
    ['*', 'http://anything.example/', false],
    ['*', 'https://1.2.3.4/', false],
    ['*', 'https://[::1]/', false],
    ['http://*', 'http://2130706433/', false],
    ['*:8443', 'https://a.example:8443/', true],
    ['127.0.0.1', 'https://127.0.0.1/', true],
    ['127.0.0.1', 'https://0x7f.1/', true],
    ['127.0.0.1', 'https://2130706433/', true],
    ['127.0.0.1', 'https://0177.0.0.1/', true],
    ['localhost', 'https://127.0.0.1/', false],
    ['127.0.0.1', 'https://[::ffff:127.0.0.1]/', false],
    ['[::1]:8443', 'https://[0:0:0:0:0:0:0:1]:8443/', true],
    ['bücher.example', 'https://xn--bcher-kva.example/', true],
    ['a.example,b.example', 'https://b.example/', true],
  ])('%s: %s is let through: %s', (list, url, expected) => {
    expect(allows(list, url)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '/',
    'https://',
    'a b',
    'a/b',
    'https://a/path',
    'ftp://a',
    'user@a',
    '*a.com',
    'a.*.com',
    '**',
    '*.',
    '*.*.com',
    '*.127.0.0.1',
    'a:0',
    'a:65536',
    'a:b',
    'a:80',
    'https://a:80',
    '0x7f.1',
    '127.1',
    '2130706433',
    '1.2.3.256',
    '[::1',
    '::1',
    '[0:0::1]',
    'a..b',
    '.a',
    '-a',
    'a?b',
    'a#b',
    'a\nb',
  ])('refuses the entry %j, and names it', (entry) => {
    expect(() => parseEgress(['a.example', entry])).toThrow(JSON.stringify(entry.trim()));
  });

  it('returns the entry that allowed a URL', () => {
    const policy = parseEgress(['a.example', ' *.b.example ']);
    expect(policy.hosts).toEqual(['a.example', '*.b.example']);
    expect(policy.match(new URL('https://x.b.example'))).toBe('*.b.example');
  });
});
