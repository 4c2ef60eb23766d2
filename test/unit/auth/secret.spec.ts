import { isSameSecret } from '../../../src/auth/secret.js';

/** What Node hands over when a client wrote the header in UTF-8. */
const asUtf8Header = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('isSameSecret', () => {
  it('is true for the secret', () => {
    expect(isSameSecret('s3cret', 's3cret')).toBe(true);
  });

  it.each([
    ['a prefix', 's3cre'],
    ['a suffix', '3cret'],
    ['the secret and more', 's3crets'],
    ['the empty text', ''],
    ['another case', 'S3CRET'],
    ['a list that contains it', 's3cret, s3cret'],
    ['as many other characters', 'tercs3'],
    ['the secret with a NUL', 's3cret\0'],
  ])('is false for %s', (_, presented) => {
    expect(isSameSecret(presented, 's3cret')).toBe(false);
  });

  it('is true for a non-ASCII secret, encoded as Latin-1 or as UTF-8', () => {
    expect(isSameSecret('pässwörd', 'pässwörd')).toBe(true);
    expect(isSameSecret(asUtf8Header('pässwörd'), 'pässwörd')).toBe(true);
    expect(isSameSecret(asUtf8Header('ключ🔑'), 'ключ🔑')).toBe(true);
  });

  it('is false for a character with the same low byte', () => {
    expect(isSameSecret('[', 'ś')).toBe(false);
  });
});
