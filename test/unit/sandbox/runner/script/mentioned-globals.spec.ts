import { ALL_GLOBALS, mentionedGlobals } from '../../../../../src/sandbox/runner/script/mentioned-globals.js';

describe('the globals that a script is furnished with', () => {
  it('are none where it names none', () => {
    expect(mentionedGlobals('function add(cb) { cb(a + b); }')).toBe('');
  });

  it('are those that its code or its caller names', () => {
    expect(mentionedGlobals('const x = new URL(a)').split(',')).toContain('URL:url');
    expect(mentionedGlobals('1', '(callee, cb) => cb(btoa("x"))')).toBe('btoa:buffer');
  });

  it.each([
    ['requires something', "require('x')"],
    ['imports something', "import x from 'x'"],
    ['makes code of text', '(0, eval)(text)'],
    ['makes functions of text', 'new Function(text)'],
    ['reaches a constructor', '(() => 0).constructor(text)'],
    ['has the global object', 'globalThis[name]'],
    ['has it as this', 'this[name]'],
    ['writes names with escapes', '\\u0066etch(1)'],
  ])('are all where it %s', (_, code) => {
    expect(mentionedGlobals(code)).toBe(ALL_GLOBALS);
  });
});
