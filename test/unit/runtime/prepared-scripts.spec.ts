import { PreparedScripts, scriptId } from '../../../src/runtime/prepared-scripts.service.js';
import { DEFAULT_RUNTIME_OPTIONS } from '../../../src/runtime/runtime.options.js';

const KIB = 1024;
const textsOf = (code: string, caller?: string) => ({ code, language: undefined, caller });
/** A script that counts as so many KiB, its own KiB included. */
const ofKib = (name: string, kib: number) => textsOf(name.padEnd((kib - 1) * KIB, ' '));

/** Room for 10 KiB in all, and 6 KiB of one tenant. */
const make = () =>
  new PreparedScripts({ ...DEFAULT_RUNTIME_OPTIONS, preparedBytes: 10 * KIB, preparedTenantBytes: 6 * KIB });

describe('prepared scripts', () => {
  it('are named by their texts, whoever sends them', async () => {
    expect(await scriptId(textsOf('a'))).toBe(
      await scriptId({ code: 'a', language: undefined, caller: undefined }),
    );
    const others = [textsOf('b'), textsOf('a', 'b'), { ...textsOf('a'), language: 'module' as const }];
    expect(new Set(await Promise.all([textsOf('a'), ...others].map((texts) => scriptId(texts)))).size).toBe(
      4,
    );
    expect(await scriptId(textsOf('a'))).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('are of their tenant only', () => {
    const scripts = make();
    scripts.keep('red', 'id', textsOf('a'));
    expect(scripts.find('red', 'id')).toEqual(textsOf('a'));
    expect(() => scripts.find('blue', 'id')).toThrow(
      expect.objectContaining({ code: 1104, data: { script: 'id' } }),
    );
  });

  it('are forgotten by who was not used for longest, where one tenant has too many', () => {
    const scripts = make();
    for (const id of ['a', 'b', 'c']) scripts.keep('red', id, ofKib(id, 2));
    scripts.find('red', 'a');
    scripts.keep('red', 'd', ofKib('d', 2));
    expect(['a', 'b', 'c', 'd'].filter((id) => scripts.has('red', id))).toEqual(['a', 'c', 'd']);
  });

  it('are forgotten of the tenant that has most, where all have too many', () => {
    const scripts = make();
    scripts.keep('blue', 'x', ofKib('x', 2));
    for (const id of ['a', 'b', 'c']) scripts.keep('red', id, ofKib(id, 2));
    scripts.keep('green', 'y', ofKib('y', 4));
    expect([scripts.has('blue', 'x'), scripts.has('red', 'a'), scripts.has('green', 'y')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(scripts.bytes).toBe(10 * KIB);
  });

  it('count once, however often they are prepared, and fit or do not', () => {
    const scripts = make();
    for (let i = 0; i < 9; i++) scripts.keep('red', 'a', ofKib('a', 2));
    expect(scripts.bytes).toBe(2 * KIB);
    expect([scripts.fits(ofKib('b', 6)), scripts.fits(ofKib('b', 7))]).toEqual([true, false]);
  });
});
