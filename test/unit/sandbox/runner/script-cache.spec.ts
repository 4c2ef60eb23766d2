import { createContext } from 'node:vm';
import { ScriptCache } from '../../../../src/sandbox/runner/script-cache.js';

describe('the script cache', () => {
  it('compiles a text once for each file name', () => {
    const cache = new ScriptCache();
    const script = cache.compiled('1 + 1', 'a.js');
    expect(cache.compiled('1 + 1', 'a.js')).toBe(script);
    expect(cache.compiled('1 + 1', 'b.js')).not.toBe(script);
    expect(script.runInContext(createContext())).toBe(2);
  });

  it('forgets what was unused for longest, past its bound', () => {
    const cache = new ScriptCache();
    const padding = `/*${'x'.repeat(1024 * 1024)}*/`;
    const texts = [0, 1, 2].map((n) => `${n}${padding}`);
    const scripts = texts.map((text) => cache.compiled(text, 's'));
    expect(cache.compiled(texts[0] ?? '', 's')).toBe(scripts[0]);
    cache.compiled(`3${padding}`, 's');
    cache.compiled(`4${padding}`, 's');
    expect(cache.compiled(texts[0] ?? '', 's')).toBe(scripts[0]);
    expect(cache.compiled(texts[1] ?? '', 's')).not.toBe(scripts[1]);
  });

  it('keeps no text that does not compile', () => {
    const cache = new ScriptCache();
    expect(() => cache.compiled('a b', 's')).toThrow('Unexpected identifier');
    expect(() => cache.compiled('a b', 's')).toThrow('Unexpected identifier');
  });
});
