import { isSameSecret } from '../../../src/auth/secret.js';

/** What Node hands over when a client wrote the header in UTF-8. */
const asUtf8Header = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('isSameSecret', () => {
  it('knows the secret', () => {
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
  ])('refuses %s', (_, presented) => {
    expect(isSameSecret(presented, 's3cret')).toBe(false);
  });

  it('knows a secret of any script, written as Latin-1 or as UTF-8', () => {
    expect(isSameSecret('pässwörd', 'pässwörd')).toBe(true);
    expect(isSameSecret(asUtf8Header('pässwörd'), 'pässwörd')).toBe(true);
    expect(isSameSecret(asUtf8Header('ключ🔑'), 'ключ🔑')).toBe(true);
  });

  it('does not take a header’s character for one of the same low byte', () => {
    expect(isSameSecret('[', 'ś')).toBe(false);
  });
});
