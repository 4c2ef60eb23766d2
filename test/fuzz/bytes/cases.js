/* oxlint-disable no-undef, unicorn/consistent-function-scoping, unicorn/prefer-string-starts-ends-with -- evaluated in Node and in a context, each with its own globals */
// Completes to `(seed, from, count) => JSON`: what each case comes to, as text. The same program runs in Node and in a context.
(() => {
  'use strict';
  const { StringDecoder } = require('string_decoder');
  // Not transcode: that of Node 20 corrupts memory.
  const { isUtf8, isAscii } = require('buffer');
  const querystring = require('querystring');
  const legacyUrl = require('url');

  const ENCODINGS = [
    'utf8',
    'utf-8',
    'ucs2',
    'utf16le',
    'latin1',
    'binary',
    'ascii',
    'hex',
    'base64',
    'base64url',
  ];
  const LABELS = [
    'utf-8',
    'utf-16le',
    'latin1',
    'utf-16be',
    'windows-1251',
    'shift_jis',
    'gbk',
    'iso-8859-15',
  ];
  const SIGNS = [
    'a',
    'Z',
    '0',
    'f',
    'é',
    'ÿ',
    '\u0100',
    '€',
    '漢',
    '\uFEFF',
    '\uFFFD',
    '😀',
    '\uD83D',
    '\uDE00',
    '\0',
    '\u007F',
    '\u0080',
    '=',
    '-',
    '_',
    '+',
    '/',
    ' ',
    '\n',
    '\t',
    '%',
    '%zz',
    '%E2%82',
    '%ff',
    '&',
    '?',
    '#',
    '@',
    ':',
    '.',
    "'",
    '!',
    '~',
    '(',
    ')',
    '*',
    '\\',
  ];
  const EDGES = [
    0, 0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xbb, 0xf0, 0xf4, 0xf5, 0xff, 0xd8, 0xdc,
    0xa0, 0x9f,
  ];
  const SCHEMES = [
    'http:',
    'https:',
    'HTTP:',
    'file:',
    'ws:',
    'ftp:',
    'a:',
    'blob:http:',
    'mailto:',
    'data:',
    'javascript:',
    'x-y:',
    '',
    '//',
  ];
  const HOSTS = [
    'a',
    'example.org',
    'EXAMPLE.ORG',
    '127.0.0.1',
    '0x7f.1',
    '[::1]',
    '[1::0:2]',
    'münchen.de',
    'xn--mnchen-3ya.de',
    'a%41',
    '',
    'localhost',
    '1.2.3',
    '256.1.1.1',
    'a b',
    '*',
    'a_b',
    '\u00AD',
    '％41',
    '[::1',
    'user@h',
    'a..b',
    '日本',
  ];
  const PATHS = [
    '',
    '/',
    '/a/b',
    '/../x',
    '/./a/',
    '//x',
    '/%2e%2E/',
    '/a b',
    '/é',
    '\\a\\b',
    '/C:/x',
    '/C|/x',
    'a/b',
    '..',
    '/{}"<>`',
    '/a;b,c=d',
    '/.//p',
    '/%zz',
  ];
  const COMPONENTS = [
    'protocol',
    'username',
    'password',
    'host',
    'hostname',
    'port',
    'pathname',
    'search',
    'hash',
    'href',
  ];

  let state = 0;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(random() * n);
  const of = (list) => list[below(list.length)];
  const chance = (p) => random() < p;
  const times = (n, make) => Array.from({ length: n }, make);

  const text = (max = 12) => {
    if (chance(0.2)) return times(below(max * 4), () => of('ABCabc019+/-_= \n')).join('');
    if (chance(0.2)) return times(below(max * 2), () => of('0123456789abcdefABCDEFg')).join('');
    if (chance(0.05)) return 'x'.repeat(below(9000)) + of(SIGNS);
    return times(below(max), () => of(SIGNS)).join('');
  };
  const bytes = (max = 12) => {
    if (chance(0.3)) return Buffer.from(text(max));
    if (chance(0.1)) return Buffer.from(text(max), 'utf16le');
    return Buffer.from(times(below(max), () => (chance(0.8) ? of(EDGES) : below(256))));
  };
  const index = () =>
    of([undefined, 0, 1, 2, 3, 5, -1, -3, 1.5, NaN, Infinity, 2 ** 33, '1', null, below(12)]);
  const numberFor = () =>
    of([
      0,
      1,
      -1,
      127,
      128,
      255,
      256,
      -128,
      -129,
      32767,
      65536,
      2 ** 31,
      2 ** 32,
      2 ** 47,
      -(2 ** 47),
      2 ** 48,
      1.5,
      -0.5,
      -1.5,
      NaN,
      Infinity,
      1e-7,
      '7',
      0.1,
    ]);

  const shown = (value) => {
    if (value instanceof Uint8Array)
      return `${value.constructor.name}:${Array.from(value, (byte) => byte.toString(16)).join(' ')}`;
    if (typeof value === 'bigint') return `${value}n`;
    if (Object.is(value, -0)) return '-0';
    if (typeof value === 'number') return String(value);
    // Each unit: a lone surrogate is no JSON of its own everywhere.
    if (typeof value === 'string')
      return JSON.stringify(value).replaceAll(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
    if (Array.isArray(value)) return `[${value.map(shown).join()}]`;
    if (typeof value === 'object' && value !== null)
      return `{${Object.entries(value)
        .map(([key, inner]) => `${shown(key)}:${shown(inner)}`)
        .join()}}`;
    return String(value);
  };
  const attempt = (action) => {
    try {
      return action();
    } catch (error) {
      return `!${error.name}|${error.code}|${error.message}`;
    }
  };

  const url = () =>
    of(SCHEMES) +
    (chance(0.7) ? '//' : '') +
    (chance(0.2) ? `${text(3)}${chance(0.5) ? ':' + text(3) : ''}@` : '') +
    of(HOSTS) +
    (chance(0.2) ? `:${of(['80', '443', '8080', '', '99999', 'x', '0080'])}` : '') +
    of(PATHS) +
    (chance(0.3) ? `?${text(6)}` : '') +
    (chance(0.3) ? `#${text(4)}` : '');
  const partsOf = (u) => [
    u.href,
    u.origin,
    u.protocol,
    u.username,
    u.password,
    u.host,
    u.hostname,
    u.port,
    u.pathname,
    u.search,
    u.hash,
    [...u.searchParams],
    String(u),
    JSON.stringify(u),
  ];

  const readers = Object.keys(Buffer.prototype)
    .filter((name) => /^read/.test(name))
    .toSorted();
  const writers = Object.keys(Buffer.prototype)
    .filter((name) => /^write./.test(name))
    .toSorted();

  const KINDS = {
    encode() {
      const encoding = of(ENCODINGS);
      const given = text();
      return [
        Buffer.from(given, encoding),
        Buffer.byteLength(given, encoding),
        Buffer.alloc(5, given || 'q', 'latin1'),
      ];
    },
    write() {
      const target = Buffer.alloc(8);
      const encoding = of(ENCODINGS);
      const args = [text(6), of([0, 1, 3, 7, 8, 9, undefined]), of([undefined, 0, 1, 2, 5, 8])];
      return [attempt(() => target.write(...args, encoding)), target];
    },
    decode() {
      const given = bytes();
      const encoding = of(ENCODINGS);
      const [start, end] = [index(), index()];
      return [
        given.toString(encoding),
        attempt(() => given.toString(encoding, start, end)),
        isUtf8(given),
        isAscii(given),
      ];
    },
    decoder() {
      const encoding = of(ENCODINGS);
      const decoder = new StringDecoder(encoding);
      const out = [];
      for (let round = 0; round < 2; round++) {
        for (let n = below(5); n > 0; n--) {
          const chunk = bytes(6);
          out.push(decoder.write(chunk), decoder.lastNeed, decoder.lastTotal);
        }
        out.push(chance(0.3) ? decoder.end(bytes(4)) : decoder.end());
      }
      return [encoding, out];
    },
    textDecoder() {
      const label = of(LABELS);
      const options = { fatal: chance(0.4), ignoreBOM: chance(0.4) };
      const decoder = new TextDecoder(label, options);
      const whole = attempt(() => new TextDecoder(label, options).decode(bytes()));
      const out = [decoder.encoding];
      for (let n = 1 + below(4); n > 0; n--) {
        const chunk = bytes(5);
        const stream = chance(0.7);
        const result = attempt(() => decoder.decode(chunk, { stream }));
        out.push(result);
        // What a decoder keeps of invalid input differs between versions of Node.
        if (String(result).startsWith('!')) break;
      }
      return [whole, out];
    },
    textEncoder() {
      const target = new Uint8Array(below(8));
      const given = text();
      return [
        new TextEncoder().encode(given),
        attempt(() => new TextEncoder().encodeInto(given, target)),
        target,
      ];
    },
    url() {
      const [input, base] = [url(), chance(0.3) ? url() : undefined];
      return [
        input,
        base,
        attempt(() => partsOf(new URL(input, base))),
        // That of Node 20 is wrong for some Latin-1 text.
        /^[ -~]*$/.test(`${input}${base}`) && URL.canParse(input, base),
      ];
    },
    urlSet() {
      const u = new URL(
        of([
          'http://u:p@a:81/b?c=d#e',
          'https://a/',
          'file:///x',
          'a:b c?d#e',
          'a://h/p',
          'web:/.//p',
          'mailto:x@y',
        ]),
      );
      const out = [];
      for (let n = 1 + below(4); n > 0; n--) {
        const component = of(COMPONENTS);
        const given = chance(0.4) ? of([...HOSTS, ...PATHS, ...SCHEMES, '80', '8080', '0']) : text(5);
        // Without a name before its port a host makes a URL that Node 20 itself cannot parse, and ends the process.
        const value = component.startsWith('host') && given.includes(':') ? `h${given.trim()}` : given;
        out.push(
          component,
          value,
          attempt(() => ((u[component] = value), 0)),
          partsOf(u),
        );
        if (chance(0.4)) {
          const name = text(3);
          out.push(
            attempt(() => u.searchParams[of(['append', 'set', 'delete'])](name, 'v')),
            u.search,
            u.href,
          );
        }
      }
      return out;
    },
    params() {
      const p = new URLSearchParams(chance(0.5) ? text(20) : times(below(5), () => [of('abc'), text(3)]));
      const out = [p.toString(), [...p]];
      const iterator = p.entries();
      for (let n = below(6); n > 0; n--) {
        const [name, value] = [of(['a', 'b', 'c', text(2)]), text(3)];
        const method = of(['append', 'set', 'delete', 'get', 'getAll', 'has', 'sort']);
        out.push(method, p[method](name, value), iterator.next().value, p.size);
      }
      return [...out, p.toString(), [...p.keys()], [...iterator], new URLSearchParams(p).toString()];
    },
    numbers() {
      const given = bytes(10);
      const [reader, writer] = [of(readers), of(writers)];
      const offset = index();
      const size = of([1, 2, 3, 4, 5, 6, 0, 7, undefined, 1.5]);
      const isBig = writer.includes('Big');
      const value = isBig
        ? of([0n, 1n, -1n, 2n ** 63n, 2n ** 64n, -(2n ** 63n), 2n ** 80n, 12345678901234567n])
        : numberFor();
      const isSized = /Int[LB]E$/.test(writer);
      const isSizedRead = /Int[LB]E$/.test(reader);
      return [
        reader,
        writer,
        offset,
        size,
        value,
        attempt(() => (isSizedRead ? given[reader](offset, size) : given[reader](offset))),
        attempt(() => (isSized ? given[writer](value, offset, size) : given[writer](value, offset))),
        given,
      ];
    },
    search() {
      const given = bytes(20);
      const encoding = of([...ENCODINGS, undefined]);
      const value = of([
        () => text(2),
        () => bytes(3),
        () => below(300),
        () => '',
        () => given.subarray(below(5), 6),
      ])();
      const offset = of([
        undefined,
        0,
        1,
        -1,
        -2,
        5,
        30,
        -30,
        NaN,
        'latin1',
        null,
        1.5,
        Infinity,
        -Infinity,
        '2',
      ]);
      return ['indexOf', 'lastIndexOf', 'includes'].map((name) =>
        attempt(() => given[name](value, offset, encoding)),
      );
    },
    change() {
      const given = bytes(16);
      const other = bytes(16);
      const out = [
        attempt(() =>
          given.fill(
            of([text(3), below(300), bytes(3), -1, 1.5]),
            ...of([[], [of([0, 1, 2])], [1, 3], [of(ENCODINGS)], [0, 2, of(ENCODINGS)]]),
          ),
        ),
        given,
      ];
      out.push(
        attempt(() => given.copy(other, index(), index(), index())),
        other,
      );
      out.push(
        attempt(() => given.compare(other, index(), index(), index(), index())),
        Buffer.compare(given, other),
        given.equals(other),
      );
      out.push(
        given.slice(index(), index()),
        given.subarray(index(), index()),
        Buffer.concat([given, other], of([undefined, 0, 3, 40])),
      );
      out.push(
        attempt(() => given[of(['swap16', 'swap32', 'swap64'])]()),
        given.toJSON(),
      );
      return out;
    },
    base64() {
      const given = text();
      return [
        attempt(() => atob(given)),
        attempt(() => btoa(given)),
        attempt(() => btoa(Buffer.from(given).toString('latin1'))),
      ];
    },
    querystring() {
      const given = text(16);
      return [
        // A name with two encoded bytes: Node 20 decodes the value, too, and Node 26 does not.
        /%[\dA-F]{2}[^&=]*%/i.test(given) || attempt(() => querystring.parse(given)),
        attempt(() => querystring.escape(given)),
        attempt(() => querystring.unescape(given)),
        attempt(() => querystring.unescapeBuffer(given)),
        attempt(() =>
          querystring.stringify({ [text(2)]: text(3), b: [1, text(2), true, null, {}], c: NaN, d: 5n }),
        ),
      ];
    },
    legacy() {
      const given = url();
      const parsed = attempt(() => legacyUrl.parse(given, chance(0.3), chance(0.3)));
      const { protocol, auth, host, hostname, port, pathname, search, hash, slashes } =
        typeof parsed === 'object' ? parsed : {};
      const some = Object.fromEntries(
        Object.entries({ protocol, auth, host, hostname, port, pathname, search, hash, slashes }).filter(() =>
          chance(0.7),
        ),
      );
      return [
        parsed,
        attempt(() => legacyUrl.format(parsed)),
        attempt(() => legacyUrl.format(some)),
        attempt(() => legacyUrl.resolve(given, of([...PATHS, '?x', '#y', '//h/p', 'a:b']))),
      ];
    },
  };
  /** Slow ones are tried less often. */
  const NAMES = Object.keys(KINDS).flatMap((name) => (name === 'legacy' ? [name] : [name, name, name, name]));

  return (seed, from, count) => {
    const lines = [];
    for (let at = from; at < from + count; at++) {
      state = (seed + Math.imul(at, 0x9e3779b1)) | 0;
      const name = of(NAMES);
      lines.push(`${at} ${name} ${shown(attempt(KINDS[name]))}`);
    }
    return JSON.stringify(lines);
  };
})();
