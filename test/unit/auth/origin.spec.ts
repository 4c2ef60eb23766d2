import { isForeignOrigin } from '../../../src/auth/origin.js';

describe('isForeignOrigin', () => {
  it('is false without an Origin', () => {
    expect(isForeignOrigin(undefined, [])).toBe(false);
  });

  it.each([
    'http://localhost',
    'http://localhost:3000',
    'https://LOCALHOST:8443',
    'http://app.localhost:5173',
    'http://127.0.0.1:8765',
    'http://127.8.9.10',
    'http://[::1]:8765',
    'app://localhost',
  ])('is false for a page of this machine: %s', (origin) => {
    expect(isForeignOrigin(origin, [])).toBe(false);
  });

  it.each([
    'null',
    '',
    'https://evil.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://notlocalhost',
    'http://localhost@evil.example',
    'http://evil.example/localhost',
    'http://evil.example#localhost',
    'http://evil.example?localhost',
    'http://localhost/, http://evil.example',
    'http://localhost,http://evil.example',
    'http://128.0.0.1',
    'http://0.0.0.0',
    'http://192.168.1.5:8765',
    'http://[::2]',
    'http://[::ffff:8.8.8.8]',
    'http://localhost:99999',
    'http://localhost\\evil.example',
    'localhost',
    'file://',
    'not an origin',
  ])('is true for %j', (origin) => {
    expect(isForeignOrigin(origin, [])).toBe(true);
  });

  it('is false for a listed origin, whatever its default port, case and trailing slash', () => {
    const allowed = ['https://play.example', 'https://Shop.example:443/', 'http://other.example:8080'];
    expect(isForeignOrigin('https://play.example', allowed)).toBe(false);
    expect(isForeignOrigin('https://play.example:443', allowed)).toBe(false);
    expect(isForeignOrigin('https://shop.example', allowed)).toBe(false);
    expect(isForeignOrigin('http://other.example:8080', allowed)).toBe(false);
  });

  it('compares scheme, host and port of a listed origin', () => {
    const allowed = ['https://play.example'];
    expect(isForeignOrigin('http://play.example', allowed)).toBe(true);
    expect(isForeignOrigin('https://play.example:8443', allowed)).toBe(true);
    expect(isForeignOrigin('https://sub.play.example', allowed)).toBe(true);
  });

  it('is true for "null", and ignores a listed text that is not an origin', () => {
    expect(isForeignOrigin('null', ['null', '*', ''])).toBe(true);
    expect(isForeignOrigin('https://evil.example', ['null', '*', '', 'evil.example'])).toBe(true);
  });
});
