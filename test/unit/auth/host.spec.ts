import { isForeignHost } from '../../../src/auth/host.js';

const LISTED = ['scripts.example', 'javascriptd', 'Mixed.Case'];

describe('isForeignHost', () => {
  it.each([
    undefined,
    '',
    'localhost',
    'localhost:8765',
    'LOCALHOST',
    'localhost.',
    'app.localhost:1',
    '127.0.0.1:8765',
    '127.8.9.1',
    '[::1]:8765',
    '10.0.0.7:8765',
    '[2001:db8::1]',
    '[fe80::1%eth0]:8765',
    'scripts.example',
    'SCRIPTS.example.:8765',
    'javascriptd:8765',
    'mixed.case',
  ])('is false for %j', (host) => {
    expect(isForeignHost(host, LISTED)).toBe(false);
  });

  it.each([
    'evil.example',
    'evil.example:8765',
    'localhost.evil.example',
    'notlocalhost',
    'scripts.example.evil.example',
    'evil.scripts.example',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    'evil.example/localhost',
    'localhost, evil.example',
    '[::1].evil.example',
    '[evil.example]',
    '::1',
    '1.2.3',
    '0x7f000001',
    ' ',
    '.',
    ':8765',
  ])('is true for %j', (host) => {
    expect(isForeignHost(host, LISTED)).toBe(true);
  });

  it('ignores listed addresses', () => {
    expect(isForeignHost('evil.example', ['0.0.0.0', '::', ''])).toBe(true);
  });
});
