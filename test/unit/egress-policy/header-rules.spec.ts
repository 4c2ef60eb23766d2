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
    ['', 'not valid JSON'],
    ['{"a":{"b":"hush"}', 'not valid JSON'],
    ['[]', 'not an object of hosts'],
    ['{"a":["hush"]}', 'the value of "a" is not an object'],
    ['{"a/b":{}}', '"a/b" is not a valid host'],
    ['{"a":{"x y":"hush"}}', '"x y" of "a" is not a valid header name'],
    ['{"a":{"x":"hush\\r\\ny: z"}}', '"x" of "a" is not a valid header value'],
    ['{"a":{"x":7}}', '"x" of "a" is not a valid header value'],
    ['{"a":{"Host":"hush"}}', '"Host" of "a" cannot be set'],
    ['{"a":{"content-length":"1"}}', 'cannot be set'],
  ])('are refused, and no value shown: %s', (text, problem) => {
    expect(() => parseHeaderRules(text)).toThrow(problem);
    expect(() => parseHeaderRules(text)).not.toThrow('hush');
  });
});
