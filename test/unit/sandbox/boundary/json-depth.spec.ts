import { isDeeper } from '../../../../src/sandbox/boundary/json-depth.js';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('the depth of a JSON text', () => {
  it.each([
    ['as many levels', nested(3), false],
    ['one more', nested(4), true],
    ['one more, of objects', '{"a":{"b":{"c":{}}}}', true],
    ['many beside each other', `[${nested(2)},${nested(2)},${nested(2)}]`, false],
    ['brackets in a text', JSON.stringify(nested(9)), false],
    ['brackets in a key', `{"${'['.repeat(9)}":{}}`, false],
    ['a text that ends in backslashes', `["\\\\\\\\","${'['.repeat(9)}"]`, false],
    ['an escaped quote before brackets', `["\\"[[[[[[[["]`, false],
    ['brackets after a text that ends in a backslash', `["\\\\",${nested(3)}]`, true],
    ['nothing', '', false],
  ])('%s', (_, json, deeper) => {
    expect(isDeeper(json, 3)).toBe(deeper);
  });
});
