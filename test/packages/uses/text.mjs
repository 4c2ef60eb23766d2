/** Small real uses, by package; see `data.mjs`. */
export const textUses = {
  handlebars: (require) =>
    require('handlebars').compile('{{#each l}}{{this.n}};{{/each}}{{{h}}} {{h}}')({
      l: [{ n: 1 }, { n: 2 }],
      h: '<b>',
    }),
  ejs: (require) =>
    require('ejs').render('<% for (const n of l) { %>[<%= n %>]<% } %><%- "<i>" %>', { l: [1, '<'] }),
  mustache: (require) =>
    require('mustache').render('{{#l}}{{n}},{{/l}}{{^e}}none{{/e}} {{h}}', {
      l: [{ n: 1 }, { n: 2 }],
      h: '&',
    }),
  nunjucks: (require) =>
    require('nunjucks').renderString('{% for x in l %}{{ loop.index }}{{ x | upper }}{% endfor %}', {
      l: ['a', 'b'],
    }),
  liquidjs: async (require) =>
    new (require('liquidjs').Liquid)().parseAndRender(
      '{% for x in l %}{{ x | times: 2 }} {% endfor %}{{ "a" | upcase }}',
      { l: [1, 2] },
    ),
  pug: (require) => require('pug').render('ul\n  each x in l\n    li(class="c")= x', { l: [1, '<'] }),
  marked: async (require) => require('marked').marked.parse('# Hi *you*\n\n- a\n- [b](http://c)'),
  'markdown-it': (require) => {
    const MarkdownIt = require('markdown-it');
    return (MarkdownIt.default ?? MarkdownIt)().render('**a** `b`\n\n1. c');
  },
  turndown: (require) => new (require('turndown'))().turndown('<h1>Hi</h1><p>a <b>b</b></p>'),
  'sanitize-html': (require) =>
    require('sanitize-html')('<p onclick="x">a<script>1</script><b>b</b></p>', { allowedTags: ['p', 'b'] }),
  cheerio: (require) => {
    const $ = require('cheerio').load('<ul><li class="a">1</li><li>2</li></ul>');
    $('li').last().attr('id', 'z').text('two');
    return [$('.a').text(), $.html('ul')];
  },
  jsdom: (require) => {
    const { JSDOM } = require('jsdom');
    const { document } = new JSDOM('<p>Hello <b>you</b></p>').window;
    return [document.querySelector('b').textContent, document.body.innerHTML];
  },
  htmlparser2: (require) => {
    const texts = [];
    const parser = new (require('htmlparser2').Parser)({
      ontext: (text) => texts.push(text),
      onopentag: (name) => texts.push(`<${name}>`),
    });
    parser.end('<p>a<br>b');
    return texts;
  },
  parse5: (require) => require('parse5').serialize(require('parse5').parseFragment('<table><tr><td>x')),
  entities: (require) => [
    require('entities').decodeHTML('&lt;&eacute;&#x41;'),
    require('entities').encodeXML('<é>'),
  ],
  he: (require) => [
    require('he').encode('<é>', { useNamedReferences: true }),
    require('he').decode('&copy;&#65;'),
  ],
  slugify: (require) => require('slugify')('Ünïcödé & Co.', { lower: true }),
  camelcase: (require) => require('camelcase').default('foo-bar_baz'),
  'change-case': (require) => [
    require('change-case').snakeCase('fooBar'),
    require('change-case').capitalCase('a b'),
  ],
  pluralize: (require) => [require('pluralize')('person', 2), require('pluralize').singular('mice')],
  'iconv-lite': (require) => {
    const iconv = require('iconv-lite');
    return [[...iconv.encode('é€', 'win1252')], iconv.decode(Buffer.from([0x82, 0xa0]), 'shift_jis')];
  },
  chalk: (require) => new (require('chalk').Chalk)({ level: 1 }).red.bold('x'),
  debug: (require) => {
    const debug = require('debug');
    debug.enable('a:*');
    return [debug('a:b').enabled, debug('c').enabled];
  },
  acorn: (require) =>
    require('acorn').parse('let a = b ?? 1', { ecmaVersion: 2022 }).body[0].declarations[0].init.operator,
  esprima: (require) =>
    require('esprima')
      .tokenize('var a = /x/g')
      .map(({ type }) => type),
  '@babel/parser': (require) =>
    require('@babel/parser').parse('const a: number = <B/>', { plugins: ['typescript', 'jsx'] }).program.body
      .length,
  'uglify-js': (require) =>
    require('uglify-js').minify('function f(long) { var unused = 1; return long + 1 }').code,
  terser: async (require) =>
    (await require('terser').minify('const f = (long) => { if (false) g(); return long + 1 }; f(2)')).code,
  prettier: async (require) => require('prettier').format('a  =  {b:1}', { parser: 'babel' }),
  tslib: (require) => {
    const { __assign, __rest } = require('tslib');
    return [__assign({ a: 1 }, { b: 2 }), __rest({ a: 1, b: 2 }, ['a'])];
  },
  'core-js': (require) => [
    require('core-js/actual/array/group-by-to-map') && 1,
    require('core-js/actual/structured-clone')({ a: [1] }),
  ],
  react: (require) => require('react').createElement('p', { id: 1 }, 'x').props,
  'react-dom': (require) => {
    const { createElement, useState } = require('react');
    const Counter = () => createElement('b', null, useState(5)[0]);
    return require('react-dom/server').renderToStaticMarkup(
      createElement('p', { className: 'a' }, createElement(Counter)),
    );
  },
};
