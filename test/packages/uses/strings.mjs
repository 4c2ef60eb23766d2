/** Small real uses of packages for texts, style sheets and markup, by package; see `data.mjs`. */
export const stringUses = {
  'strip-ansi': (require) => require('strip-ansi').default('\u001B[1ma\u001B[0m'),
  'ansi-regex': (require) => 'a\u001B[1mb'.replace(require('ansi-regex').default(), ''),
  'ansi-styles': (require) => require('ansi-styles').default.bold.open,
  'string-width': (require) => require('string-width').default('a漢👩‍👩‍👦'),
  'wrap-ansi': (require) => require('wrap-ansi').default('The quick brown fox', 9),
  'emoji-regex': (require) => {
    const emojis = require('emoji-regex');
    return 'a👍b🇩🇪'.match((emojis.default ?? emojis)());
  },
  'escape-string-regexp': (require) =>
    (require('escape-string-regexp').default ?? require('escape-string-regexp'))('a.b*c'),
  'escape-html': (require) => require('escape-html')('<a href="x">&</a>'),
  'indent-string': (require) => require('indent-string').default('a\nb', 2),
  dedent: (require) => {
    const dedent = require('dedent');
    return (dedent.default ?? dedent)('  a\n    b');
  },
  decamelize: (require) => (require('decamelize').default ?? require('decamelize'))('fooBarBaz'),
  boxen: (require) => require('boxen').default('hi', { padding: 1 }),
  figlet: (require) => require('figlet').textSync('Hi', { font: 'Small' }),
  'highlight.js': (require) =>
    require('highlight.js').highlight('let a = 1', { language: 'javascript' }).value,
  prismjs: (require) => {
    const Prism = require('prismjs');
    return Prism.highlight('<b>a</b>', Prism.languages.html, 'html');
  },
  'css-tree': (require) => {
    const csstree = require('css-tree');
    const ast = csstree.parse('a { color: red; width: 1px }');
    return [csstree.generate(ast), csstree.lexer.matchProperty('color', 'red').error === null];
  },
  cssesc: (require) => require('cssesc')('1a"b', { isIdentifier: true }),
  'css-what': (require) => require('css-what').parse('a > .b[c="d"]:not(e)'),
  'css-select': (require) => {
    const { parseDocument } = require('htmlparser2');
    return require('css-select').selectAll('b.x', parseDocument('<b class="x">1</b><b>2</b>')).length;
  },
  postcss: async (require) => {
    const root = require('postcss').parse('a { color: red }');
    root.walkDecls((decl) => void (decl.value = 'blue'));
    return root.toString();
  },
  autoprefixer: async (require) => {
    const autoprefixer = require('autoprefixer');
    const { css } = await require('postcss')([autoprefixer({ overrideBrowserslist: ['ie 10'] })]).process(
      'a { user-select: none }',
      { from: undefined },
    );
    return css;
  },
  less: async (require) => (await require('less').render('@c: red; .a { .b { color: @c } }')).css,
  stylus: (require) => require('stylus')('a\n  color red\n  b\n    width 1px + 2').render(),
  svgo: (require) =>
    require('svgo').optimize(
      '<svg xmlns="http://www.w3.org/2000/svg"><g><!-- a --><path d="M0 0L10 10"/></g></svg>',
    ).data,
  'clean-css': (require) => new (require('clean-css'))().minify('a { color: #ff0000; margin: 0px }').styles,
  csso: (require) => require('csso').minify('a { color: #ff0000; color: red }').css,
  'html-minifier-terser': async (require) =>
    require('html-minifier-terser').minify('<p  title="a" > b </p> <!-- c -->', {
      collapseWhitespace: true,
      removeComments: true,
    }),
  'html-escaper': (require) => require('html-escaper').escape("<a>&'"),
  'sprintf-js': (require) => require('sprintf-js').sprintf('%05.2f|%-5s|%x', 3.14159, 'ab', 255),
  'word-wrap': (require) => require('word-wrap')('The quick brown fox jumps', { width: 10 }),
  'fast-levenshtein': (require) => require('fast-levenshtein').get('kitten', 'sitting'),
  'natural-compare': (require) => ['a10', 'a2', 'a1'].sort(require('natural-compare')),
  'linkify-it': (require) => {
    const LinkifyIt = require('linkify-it');
    return new (LinkifyIt.default ?? LinkifyIt.LinkifyIt ?? LinkifyIt)()
      .match('see http://a.com and b@c.de')
      .map(({ url }) => url);
  },
  'markdown-it-container': (require) => {
    const MarkdownIt = require('markdown-it');
    const container = require('markdown-it-container');
    return (MarkdownIt.default ?? MarkdownIt)()
      .use(container.default ?? container, 'note')
      .render('::: note\na\n:::');
  },
  'js-beautify': (require) => require('js-beautify').js('function a(){return 1}', { indent_size: 2 }),
  'cli-table3': (require) => {
    const Table = require('cli-table3');
    const table = new Table({ head: ['a'], style: { head: [], border: [] } });
    table.push(['b']);
    return table.toString();
  },
  colors: (require) => require('colors/safe').stripColors(require('colors/safe').red('a')),
  picocolors: (require) => require('picocolors').createColors(true).red('a'),
  kleur: (require) => require('kleur').reset('a').length >= 1,
  colorette: (require) => require('colorette').createColors({ useColor: true }).bold('a'),
  color: (require) => {
    const Color = require('color');
    return (Color.default ?? Color)('#7743CE').lighten(0.5).hex();
  },
  'color-convert': (require) => {
    const convert = require('color-convert');
    return (convert.default ?? convert).rgb.hsl(140, 200, 100);
  },
  i18next: async (require) => {
    const i18next = require('i18next').createInstance();
    await i18next.init({ lng: 'de', resources: { de: { translation: { a: 'Hallo {{n}}' } } } });
    return i18next.t('a', { n: 'Welt' });
  },
  'intl-messageformat': (require) => {
    const { IntlMessageFormat } = require('intl-messageformat');
    return new IntlMessageFormat('{n, plural, one {# cat} other {# cats}}', 'en').format({ n: 3 });
  },
  'iso-639-1': (require) => {
    const codes = require('iso-639-1');
    return (codes.default ?? codes).getName('de');
  },
  saxes: (require) => {
    const { SaxesParser } = require('saxes');
    const seen = [];
    const parser = new SaxesParser();
    parser.on('opentag', ({ name }) => seen.push(name));
    parser.write('<a><b c="d"/></a>').close();
    return seen;
  },
  sax: (require) => {
    const seen = [];
    const parser = require('sax').parser(true);
    parser.ontext = (text) => seen.push(text);
    parser.write('<a>x<b>y</b></a>').close();
    return seen;
  },
  xmlbuilder: (require) => require('xmlbuilder').create('a').ele('b', { c: 1 }, 'd').end(),
  xmlbuilder2: (require) =>
    require('xmlbuilder2')
      .create({ a: { b: [1, 2] } })
      .end({ headless: true }),
  '@xmldom/xmldom': (require) => {
    const { DOMParser, XMLSerializer } = require('@xmldom/xmldom');
    return new XMLSerializer().serializeToString(new DOMParser().parseFromString('<a><b/></a>', 'text/xml'));
  },
  xpath: (require) => {
    const { DOMParser } = require('@xmldom/xmldom');
    return require('xpath').select(
      'string(//b)',
      new DOMParser().parseFromString('<a><b>1</b></a>', 'text/xml'),
    );
  },
  linkedom: (require) => {
    const { document } = require('linkedom').parseHTML('<ul><li>1</li><li>2</li></ul>');
    return [...document.querySelectorAll('li')].map((item) => item.textContent);
  },
  'dom-serializer': (require) => {
    const { parseDocument } = require('htmlparser2');
    return require('dom-serializer').default(parseDocument('<a b="c">d<br></a>'));
  },
  domhandler: (require) => {
    const { Element, isTag } = require('domhandler');
    return [isTag(new Element('a', {})), new Element('b', { c: 'd' }).attribs];
  },
  domutils: (require) => {
    const { parseDocument } = require('htmlparser2');
    return require('domutils').textContent(parseDocument('<a>b<i>c</i></a>'));
  },
};
