/** Small real uses of parsers, compilers and what they are made of, by package; see `data.mjs`. */
export const syntaxUses = {
  espree: (require) => require('espree').parse('let a = 1', { ecmaVersion: 2022 }).body[0].type,
  esquery: (require) => {
    const esquery = require('esquery');
    return esquery.query(require('acorn').parse('a(b); c()', { ecmaVersion: 2022 }), 'CallExpression').length;
  },
  estraverse: (require) => {
    const names = [];
    require('estraverse').traverse(require('acorn').parse('a(b)', { ecmaVersion: 2022 }), {
      enter: ({ type }) => void names.push(type),
    });
    return names;
  },
  esutils: (require) => require('esutils').keyword.isIdentifierNameES6('aé'),
  escodegen: (require) =>
    require('escodegen').generate(require('acorn').parse('let a = () => 1', { ecmaVersion: 2022 })),
  'acorn-walk': (require) => {
    const names = [];
    require('acorn-walk').simple(require('acorn').parse('a + b', { ecmaVersion: 2022 }), {
      Identifier: ({ name }) => void names.push(name),
    });
    return names;
  },
  'acorn-jsx': (require) =>
    require('acorn').Parser.extend(require('acorn-jsx')()).parse('<a/>', { ecmaVersion: 2022 }).body[0]
      .expression.type,
  'magic-string': (require) => {
    const { default: MagicString } = require('magic-string');
    const text = new MagicString('a = 1');
    text.overwrite(0, 1, 'b').append(';');
    return [text.toString(), text.generateMap({ source: 'a.js' }).mappings];
  },
  'source-map': async (require) => {
    const { SourceMapConsumer, SourceMapGenerator } = require('source-map');
    const generator = new SourceMapGenerator({ file: 'b.js' });
    generator.addMapping({
      generated: { line: 1, column: 3 },
      source: 'a.js',
      original: { line: 2, column: 5 },
    });
    // From version 0.7 on, the consumer reads its `mappings.wasm`.
    const consumer = await new SourceMapConsumer(generator.toString());
    return consumer.originalPositionFor({ line: 1, column: 3 });
  },
  'source-map-js': (require) => {
    const { SourceMapGenerator } = require('source-map-js');
    const generator = new SourceMapGenerator({ file: 'b.js' });
    generator.addMapping({
      generated: { line: 1, column: 3 },
      source: 'a.js',
      original: { line: 2, column: 5 },
    });
    return generator.toString();
  },
  'convert-source-map': (require) =>
    require('convert-source-map')
      .fromObject({ version: 3, sources: ['a.js'], mappings: '' })
      .toComment(),
  argparse: (require) => {
    const parser = new (require('argparse').ArgumentParser)();
    parser.add_argument('-n', { type: 'int' });
    return parser.parse_args(['-n', '3']).n;
  },
  'yargs-parser': (require) => {
    const parse = require('yargs-parser');
    return (parse.default ?? parse)(['--a=1', '-bc', 'd']);
  },
  optionator: (require) =>
    require('optionator')({ options: [{ option: 'count', alias: 'c', type: 'Int' }] }).parse('-c 3', {
      slice: 0,
    }),
  arg: (require) => require('arg')({ '--a': Number }, { argv: ['--a', '1', 'b'] }),
  jsesc: (require) => {
    const jsesc = require('jsesc');
    return (jsesc.default ?? jsesc)('aé', { quotes: 'double', wrap: true });
  },
  'regenerator-runtime': (require) => typeof require('regenerator-runtime').mark,
  '@babel/core': (require) =>
    require('@babel/core').transformSync('let a = 1 ** 2', {
      babelrc: false,
      configFile: false,
      compact: true,
    }).code,
  '@babel/generator': (require) =>
    require('@babel/generator').default(require('@babel/parser').parse('let  a=1')).code,
  '@babel/traverse': (require) => {
    const names = [];
    require('@babel/traverse').default(require('@babel/parser').parse('let a = b'), {
      Identifier: ({ node }) => void names.push(node.name),
    });
    return names;
  },
  '@babel/types': (require) => {
    const t = require('@babel/types');
    return t.isIdentifier(t.identifier('a'));
  },
  sucrase: (require) =>
    require('sucrase').transform('let a: number = 1', { transforms: ['typescript'] }).code,
  coffeescript: (require) => require('coffeescript').compile('a = (b) -> b * 2', { bare: true }),
  'es-module-lexer': async (require) => {
    const { init, parse } = require('es-module-lexer');
    await init;
    const [imports, exports] = parse('import a from "b"; export const c = 1');
    return [imports.map(({ n }) => n), exports.map(({ n }) => n)];
  },
  'cjs-module-lexer': (require) => {
    const lexer = require('cjs-module-lexer');
    lexer.initSync?.();
    return lexer.parse('exports.a = 1; exports.b = 2').exports;
  },
  browserslist: (require) => require('browserslist')('chrome 100', { path: false }),
  'sql.js': async (require) => {
    const SQL = await require('sql.js')();
    const db = new SQL.Database();
    db.run('CREATE TABLE a (b); INSERT INTO a VALUES (1), (2)');
    return db.exec('SELECT sum(b) AS s FROM a')[0].values;
  },
  picomatch: (require) => require('picomatch')('*.{js,ts}')('a.ts'),
  braces: (require) => require('braces')('a{1..3}', { expand: true }),
  anymatch: (require) => require('anymatch')(['*.js', '!b.js'], 'a.js'),
  ignore: (require) => require('ignore')().add(['*.log', '!b.log']).filter(['a.log', 'b.log', 'c.js']),
  'path-to-regexp': (require) => require('path-to-regexp').match('/a/:b')('/a/1').params,
  'find-up': (require) => typeof require('find-up').findUpSync,
  resolve: (require) => require('resolve').isCore('fs'),
  'ci-info': (require) => typeof require('ci-info').isCI,
  esbuild: (require) => require('esbuild').transformSync('let a: number = 1', { loader: 'ts' }).code,
};
