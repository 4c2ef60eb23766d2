import { parseHeaderRules } from '../../../src/egress-policy/index.js';

const RULES = parseHeaderRules(
  JSON.stringify({
    'api.github.com': { Authorization: 'Bearer hush' },
    'http://intranet': { 'x-key': 'k' },
    '*.github.com': { 'x-more': 'm' },
  }),
);

describe('headers that are added', () => {
  it.each([
    ['https://api.github.com/x', { authorization: 'Bearer hush', 'x-more': 'm' }],
    ['https://uploads.github.com/', { 'x-more': 'm' }],
    ['http://api.github.com/', {}],
    ['https://api.github.com:8443/', {}],
    ['https://github.com/', {}],
    ['http://intranet/', { 'x-key': 'k' }],
    ['https://intranet/', {}],
  ])('are those of the host: %s', (url, headers) => {
    expect(Object.fromEntries(RULES.headersFor(new URL(url)))).toEqual(headers);
  });

  it.each([
    ['', 'no JSON'],
    ['{"a":{"b":"hush"}', 'no JSON'],
    ['[]', 'no object of hosts'],
    ['{"a":["hush"]}', 'what "a" has is no object'],
    ['{"a/b":{}}', '"a/b" is no host'],
    ['{"a":{"x y":"hush"}}', '"x y" of "a" is no name'],
    ['{"a":{"x":"hush\\r\\ny: z"}}', '"x" of "a" is no text'],
    ['{"a":{"x":7}}', '"x" of "a" is no text'],
    ['{"a":{"Host":"hush"}}', '"Host" of "a" cannot be set'],
    ['{"a":{"content-length":"1"}}', 'cannot be set'],
  ])('are refused, and no value shown: %s', (text, problem) => {
    expect(() => parseHeaderRules(text)).toThrow(problem);
    expect(() => parseHeaderRules(text)).not.toThrow('hush');
  });
});
