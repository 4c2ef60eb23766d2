import { compile } from '../../../../../src/sandbox/runner/script/compile.js';
import {
  describeSyntaxError,
  describeThrown,
  ownFrames,
} from '../../../../../src/sandbox/runner/script/thrown.js';

describe('a thrown error', () => {
  it('keeps the frames of the script and drops those of the host', () => {
    const stack = [
      'TypeError: no',
      '    at inner (script.js:3:9)',
      '    at Array.map (<anonymous>)',
      '    at outer (script.js:1:2)',
      '    at Object.<anonymous> (npm:lodash@4.17.21/lodash.js:7:1)',
      '    at eval (<anonymous>)',
      '    at Answer.invoke (javascriptd:boot:12:3)',
      '    at Script.runInContext (node:vm:149:12)',
      '    at file:///srv/dist/sandbox/runner/execute.js:9:1',
    ].join('\n');
    expect(describeThrown('TypeError', 'no', stack)).toEqual({
      name: 'TypeError',
      message: 'no',
      line: 3,
      column: 9,
      stack: stack.split('\n').slice(0, 5).join('\n'),
    });
  });

  it('takes the place from the frames, not from the message', () => {
    const stack = 'Error: see script.js:77:7\n    at f (caller.js:2:5)';
    expect(describeThrown('Error', 'see script.js:77:7', stack)).toMatchObject({ line: 2, column: 5 });
  });

  it('has no stack, line or column where nothing with a stack was thrown', () => {
    expect(describeThrown('42', '42', undefined)).toEqual({ name: '42', message: '42' });
  });

  it('always has a name', () => {
    expect(describeThrown('', 'm', undefined).name).toBe('Error');
  });

  it('is cut to 64 KiB a field', () => {
    const long = 'x'.repeat(1_000_000);
    const { name, message, stack } = describeThrown(long, long, long);
    expect([name.length, message.length, stack?.length]).toEqual([65_536, 65_536, 65_536]);
  });
});

describe('ownFrames', () => {
  it.each([
    [
      'Error\n    at JSON.parse (<anonymous>)\n    at f (script.js:1:1)',
      'Error\n    at JSON.parse (<anonymous>)\n    at f (script.js:1:1)',
    ],
    [
      'Error\n    at stringify (<anonymous>)\n    at x (javascriptd:boot:1:1)\n    at f (script.js:1:1)',
      'Error\n    at f (script.js:1:1)',
    ],
    ['Error\n    at node:internal/timers:5:1', 'Error'],
    ['Error: at node:fs\n    at f (script.js:1:1)', 'Error: at node:fs\n    at f (script.js:1:1)'],
    ['', ''],
  ])('%j', (stack, own) => {
    expect(ownFrames(stack)).toBe(own);
  });
});

describe('the excerpt of a syntax error', () => {
  it.each([
    ['var a;\n\n  foo bar', '  foo bar\n      ^'],
    ['\tfoo bar', '\tfoo bar\n\t    ^'],
    ['f(', 'f(\n  ^'],
    [
      `${'a;'.repeat(100)}foo bar;${'b;'.repeat(100)}`,
      `${'a;'.repeat(28)}foo bar;${'b;'.repeat(28)}\n${' '.repeat(60)}^`,
    ],
  ])('of %j has a caret in its column', (text, excerpt) => {
    let thrown: unknown;
    try {
      compile(text, 'script.js');
    } catch (error) {
      thrown = error;
    }
    expect(describeSyntaxError(thrown as Error, text).excerpt).toBe(excerpt);
  });
});

describe('a syntax error', () => {
  it.each([
    ['foo bar', 0, 'script.js', 1, 5],
    ['var a;\n\n  foo bar', 0, 'script.js', 3, 7],
    ['\tfoo bar', 0, 'script.js', 1, 6],
    ['"abc', 0, 'script.js', 1, 1],
    ['f(', 0, 'script.js', 1, 3],
    ['(f f\n)', -1, 'caller.js', 1, 3],
  ])('of %j is placed in the text of the author', (text, offset, file, line, column) => {
    let thrown: unknown;
    try {
      compile(text, file, offset);
    } catch (error) {
      thrown = error;
    }
    const described = describeSyntaxError(thrown as Error, undefined, offset);
    expect(described).toMatchObject({ name: 'SyntaxError', line, column });
    expect(described.stack).toBe(`SyntaxError: ${described.message}\n    at ${file}:${line}:${column}`);
  });
});
