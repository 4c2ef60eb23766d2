/** Small real uses of packages for HTTP, URLs and servers, by package; see `data.mjs`. None of them reaches a network. */
export const webUses = {
  'mime-db': (require) => require('mime-db')['text/html'].extensions,
  statuses: (require) => [require('statuses')('not found'), require('statuses').message[404]],
  'http-errors': (require) => {
    const error = require('http-errors')(404, 'gone', { a: 1 });
    return [error.status, error.expose, error.message, error.a];
  },
  negotiator: (require) =>
    new (require('negotiator'))({ headers: { accept: 'text/html;q=0.5, application/json' } }).mediaTypes(),
  accepts: (require) => require('accepts')({ headers: { accept: 'text/html' } }).type(['json', 'html']),
  'type-is': (require) => require('type-is').is('application/json; charset=utf-8', ['json']),
  'content-type': (require) => require('content-type').parse('text/html; charset=utf-8').parameters,
  'content-disposition': (require) => {
    const disposition = require('content-disposition');
    return (disposition.create ?? disposition)('â.txt');
  },
  'cookie-signature': (require) => {
    const { sign, unsign } = require('cookie-signature');
    return [sign('a', 'secret'), unsign(sign('a', 'secret'), 'secret')];
  },
  fresh: (require) => require('fresh')({ 'if-none-match': '"a"' }, { etag: '"a"' }),
  'range-parser': (require) => require('range-parser')(100, 'bytes=0-9,20-'),
  vary: (require) => require('vary').append('Accept', 'Origin'),
  etag: (require) => require('etag')('hello'),
  encodeurl: (require) => require('encodeurl')('http://a.b/ü?c d'),
  'proxy-addr': (require) => require('proxy-addr').compile(['loopback', '10.0.0.0/8'])('10.1.2.3'),
  'raw-body': async (require) => {
    const { Readable } = require('stream');
    return require('raw-body')(Readable.from([Buffer.from('ab'), Buffer.from('c')]), { encoding: 'utf8' });
  },
  cors: (require) => {
    const headers = {};
    const response = { getHeader: () => undefined, setHeader: (name, value) => void (headers[name] = value) };
    require('cors')({ origin: 'http://a.b' })({ method: 'GET', headers: {} }, response, () => undefined);
    return headers;
  },
  morgan: (require) => typeof require('morgan')('tiny'),
  helmet: (require) => {
    const headers = {};
    const helmet = require('helmet');
    (helmet.default ?? helmet)()(
      {},
      { setHeader: (name, value) => void (headers[name] = value), removeHeader() {} },
      () => undefined,
    );
    return headers;
  },
  compression: (require) => require('compression').filter({}, { getHeader: () => 'text/html' }),
  koa: (require) => {
    const Koa = require('koa');
    const app = new (Koa.default ?? Koa)();
    app.use(async () => undefined);
    return typeof app.callback();
  },
  fastify: async (require) => {
    const app = require('fastify')();
    app.get('/a/:b', async ({ params }) => params);
    return typeof app.inject;
  },
  'ip-address': (require) => {
    const { Address4, Address6 } = require('ip-address');
    return [
      new Address4('10.0.0.1/8').isInSubnet(new Address4('10.0.0.0/8')),
      new Address6('::1').canonicalForm(),
    ];
  },
  'whatwg-url': (require) => new (require('whatwg-url').URL)('../c?d=é', 'http://bücher.de/a/b').href,
  'whatwg-mimetype': (require) => {
    const found = require('whatwg-mimetype');
    return String(new (found.MIMEType ?? found)('Text/HTML;charset="utf-8"'));
  },
  'data-urls': (require) => Buffer.from(require('data-urls')('data:text/plain,a%20b').body).toString(),
  'socket.io-client': (require) =>
    require('socket.io-client').io('http://127.0.0.1:1', { autoConnect: false }).connected,
  mongoose: (require) => {
    const { Schema, model } = require('mongoose');
    const Cat = model('Cat', new Schema({ name: { type: String, required: true } }));
    return new Cat({}).validateSync().errors.name.kind;
  },
  mysql: (require) => require('mysql').format('SELECT ? FROM ??', ["a'b", 'c']),
  sequelize: (require) => {
    const { DataTypes, Op } = require('sequelize');
    return [DataTypes.STRING(10).toSql(), typeof Op.gt];
  },
  log4js: (require) => require('log4js').getLogger('a').category,
  dotenv: (require) => require('dotenv').parse('A=1\nB="c d" # e'),
  'swagger-ui-dist': (require) => require('swagger-ui-dist').getAbsoluteFSPath().length > 0,
  bcrypt: (require) => require('bcrypt').compareSync('a', require('bcrypt').hashSync('a', 4)),
};
