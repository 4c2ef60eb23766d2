import { TextCache } from '../../../../../src/sandbox/runner/script/text-cache.js';

describe('the cache of texts', () => {
  it('makes of a text once', () => {
    const cache = new TextCache<object>();
    const made = cache.of('a', () => ({}));
    expect(cache.of('a', () => ({}))).toBe(made);
    expect(cache.of('b', () => ({}))).not.toBe(made);
  });

  it('forgets what was unused for longest, past its bound', () => {
    const cache = new TextCache<object>();
    const keys = [0, 1, 2, 3, 4].map((n) => n + 'x'.repeat(1024 * 1024));
    const get = (n: number) => cache.of(keys[n] ?? '', () => ({}));
    const [first, second] = [get(0), get(1), get(2)];
    expect(get(0)).toBe(first);
    get(3);
    get(4);
    expect(get(0)).toBe(first);
    expect(get(1)).not.toBe(second);
  });

  it('keeps nothing where the making threw', () => {
    const cache = new TextCache<number>();
    expect(() => cache.of('a', () => JSON.parse('no'))).toThrow(SyntaxError);
    expect(cache.of('a', () => 5)).toBe(5);
  });
});
