interface Codec {
  from(text: string, encoding: string): { toString(encoding?: string): string };
}

/** Encodes Latin-1 text as base64. */
export function btoa(text: unknown, codec: Codec): string {
  const latin1 = String(text);
  if (/[^\0-\u00FF]/.test(latin1)) throw invalidCharacter();
  return codec.from(latin1, 'latin1').toString('base64');
}

/** Decodes base64 to Latin-1 text. */
export function atob(text: unknown, codec: Codec): string {
  const compact = String(text).replaceAll(/[\t\n\f\r ]/g, '');
  const bare = compact.length % 4 === 0 ? compact.replace(/={1,2}$/, '') : compact;
  if (!/^[A-Za-z0-9+/]*$/.test(bare) || bare.length % 4 === 1) throw invalidCharacter();
  return codec.from(bare, 'base64').toString('latin1');
}

function invalidCharacter(): Error {
  return Object.assign(new Error('Invalid character'), { name: 'InvalidCharacterError', code: 5 });
}
