import { isPath, parseBareId } from '../../../../../src/sandbox/runner/modules/module-id.js';

describe('parseBareId', () => {
  it.each([
    ['lodash', { name: 'lodash', subpath: '.' }],
    ['lodash/fp', { name: 'lodash', subpath: './fp' }],
    ['@a/b', { name: '@a/b', subpath: '.' }],
    ['@a/b/c/d.js', { name: '@a/b', subpath: './c/d.js' }],
    ['punycode/', { name: 'punycode', subpath: './' }],
    ['__proto__', { name: '__proto__', subpath: '.' }],
    ['a/..b/c', { name: 'a', subpath: './..b/c' }],
  ])('reads %s', (id, expected) => {
    expect(parseBareId(id)).toEqual(expected);
  });

  it.each([
    '',
    '.',
    '..',
    './a',
    '../a',
    '/a',
    'a/../b',
    'a/..',
    'a/./b',
    'a\\..\\b',
    'a/%2e%2e/b',
    'a%2Fb',
    'file:a',
    'C:\\a',
    'a\0b',
    '@a',
    '@a/',
    '@../b',
    '@a/../b',
    '.hidden',
    '#a',
  ])('refuses %j', (id) => {
    expect(parseBareId(id)).toBeUndefined();
  });
});

describe('isPath', () => {
  it.each([
    ['./a', true],
    ['..', true],
    ['.', true],
    ['/a', true],
    ['.a', false],
    ['..a/b', false],
    ['a/./b', false],
  ])('%s: %s', (id, expected) => {
    expect(isPath(id)).toBe(expected);
  });
});
