import { runWithModules } from '../support/modules.js';

const OFF = 'ERR_EGRESS_OFF';

/** What a script comes to, as text. */
function answerOf(code: string): unknown {
  const [ran] = runWithModules([], [code]);
  return ran?.error?.message ?? ran?.ok;
}

const requested = (code: string): string =>
  `(async () => new Promise((resolve) => { const http = require('http'), https = require('https'); ${code} }))()`;

describe('a request without egress', () => {
  it('of http.get is an error event that names the address', () => {
    const code = requested(
      `http.get('http://api.example.com:81/a?b').on('error', (e) => resolve(e.code + ' ' + e.message))`,
    );
    expect(answerOf(code)).toBe(
      `${OFF} Egress is off: scripts have no network access (requested: http://api.example.com:81/a?b)`,
    );
  });

  it('of https.request is an error event, whether its body was ended or not', () => {
    const ended = `https.request({ host: 'a', method: 'PUT' }).on('error', (e) => resolve(e.code)).end('x')`;
    const open = `https.request('https://a').on('error', (e) => resolve(e.code)).write('x')`;
    expect([answerOf(requested(ended)), answerOf(requested(open))]).toEqual([OFF, OFF]);
  });

  it('of fetch is a TypeError whose cause tells', () => {
    const code = `fetch('https://a/b').catch((e) => [e.name, e.cause.code, e.message].join())`;
    expect(answerOf(code)).toBe(
      `TypeError,${OFF},fetch failed: Egress is off: scripts have no network access (requested: https://a/b)`,
    );
  });

  it('that was destroyed before is an error of its own, as in Node', () => {
    const code = requested(`http.get('http://a').on('error', (e) => resolve(e.code)).destroy()`);
    expect(answerOf(code)).toBe('ECONNRESET');
  });

  it('keeps the headers that it was given', () => {
    const code = `(() => { const r = require('http').request('http://a', { headers: { A: '1' } });
      r.on('error', () => {}); r.setHeader('B', ['2', '3']); r.removeHeader('a'); return JSON.stringify(r.getHeaders()) })()`;
    expect(answerOf(code)).toBe('{"host":"a","b":["2","3"]}');
  });
});

describe('globals of Node', () => {
  it.each([
    ['var crypto = require("crypto"); typeof crypto.createHash', 'function'],
    ['function fetch() { return 5 } fetch()', 5],
    ['const URL = 5; URL', 5],
    ['let Buffer = 1; Buffer', 1],
    ['class Headers {} new Headers().constructor === Headers', true],
    ['Blob = 7; globalThis.Blob', 7],
    ['Object.keys(globalThis).length', 0],
    ['delete globalThis.fetch; typeof fetch', 'undefined'],
    ['"crypto" in globalThis && globalThis.propertyIsEnumerable("crypto")', false],
  ])('are ordinary ones to a script: %s', (code, value) => {
    expect(answerOf(`new Function('return 1'); (0, eval)(${JSON.stringify(code)})`)).toBe(value);
  });
});
