import { executeText, parseExecute } from '../../../../src/sandbox/boundary/messages.js';

const textsOf = (): never => {
  throw new Error('no script is named');
};

describe('a message to the runner', () => {
  it('carries the script as it is, and the globals as text that nobody on the way parses', () => {
    const script = { code: 'a\nb', globals: { x: 'c\nd', é: [1, null] }, call: 'f', caller: undefined };
    const text = executeText(script, { modules: ['lodash', '@x/*'] }, JSON.stringify(script.globals));
    expect(parseExecute(text, textsOf)).toEqual({
      code: 'a\nb',
      call: 'f',
      caller: undefined,
      modules: ['lodash', '@x/*'],
      globals: '{"x":"c\\nd","é":[1,null]}',
    });
  });
});
