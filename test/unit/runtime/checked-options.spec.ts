import { scanJson } from '../../../src/json-text/index.js';
import { checkedOptions, isProblems } from '../../../src/runtime/checked-options.js';

const textOf = (json: string): unknown => scanJson(Buffer.from(json));

describe('the options of a request', () => {
  it('are the same object for the same text, which nobody can change', () => {
    const options = checkedOptions(textOf('{"timeout":70,"functions":["a"],"console":{"lines":3}}'));
    expect(options).toEqual({ timeout: 70, functions: ['a'], console: { lines: 3 } });
    expect(checkedOptions(textOf('{"timeout":70,"functions":["a"],"console":{"lines":3}}'))).toBe(options);
    expect([options, ...Object.values(options)].filter((value) => !Object.isFrozen(value))).toEqual([]);
  });

  it('are without what is null, however often they come', () => {
    const json = '{"timeout":null,"console":{"lines":null}}';
    for (let i = 0; i < 2; i += 1) expect(checkedOptions(textOf(json))).toEqual({ console: {} });
  });

  it('name their faults each time', () => {
    const json = '{"timeout":-1}';
    for (let i = 0; i < 2; i += 1) {
      const problems = checkedOptions(textOf(json));
      expect(isProblems(problems) && problems.map(({ field }) => field)).toEqual(['options.timeout']);
    }
  });

  it('stay right when more texts come than are known', () => {
    for (let i = 1; i <= 600; i += 1)
      expect(checkedOptions(textOf(`{"timeout":${i}}`))).toEqual({ timeout: i });
    expect(checkedOptions(textOf('{"timeout":1}'))).toEqual({ timeout: 1 });
  });

  it('that are not text are validated each time, and stay unchanged', () => {
    const given = { timeout: 5 };
    expect(checkedOptions(given)).toEqual({ timeout: 5 });
    expect(Object.isFrozen(given)).toBe(false);
  });
});
