/** Small real uses, by package; see `data.mjs`. None reaches a network: a client is made, and what it does without one is used. */
export const serviceUses = {
  axios: (require) => {
    const axios = require('axios');
    const client = axios.create({ baseURL: 'http://a.b/c', params: { x: [1, 2] } });
    return [
      client.getUri({ url: '/d' }),
      axios.isAxiosError(new axios.AxiosError('m', 'E')),
      typeof client.get,
    ];
  },
  request: (require) => typeof require('request').defaults({ json: true }).get,
  'node-fetch': (require) => {
    const { Headers, Request } = require('node-fetch');
    return [
      new Request('http://a.b/c?d=e', { method: 'post', body: 'x' }).method,
      new Headers({ A: 'b' }).get('a'),
    ];
  },
  got: (require) => typeof require('got').default.extend({ prefixUrl: 'http://a.b' }).get,
  superagent: (require) => {
    const request = require('superagent').get('http://a.b').query({ c: 1 }).set('X', 'y');
    return [request.method, request.header];
  },
  undici: (require) => new (require('undici').Headers)({ A: 'b' }).get('a'),
  ws: (require) => [require('ws').WebSocket.OPEN, typeof require('ws').WebSocketServer],
  express: (require) => {
    const app = require('express')();
    app.get('/a/:b', (_, res) => res.end());
    return [typeof app.handle, app.get('env').length > 0];
  },
  'body-parser': (require) => [
    typeof require('body-parser').json({ limit: '1kb' }),
    require('body-parser').urlencoded({ extended: true }).length,
  ],
  cookie: (require) => {
    const cookie = require('cookie');
    return (cookie.parseCookie ?? cookie.parse)('a=b; c=%20d');
  },
  'tough-cookie': async (require) => {
    const jar = new (require('tough-cookie').CookieJar)();
    await jar.setCookie('a=b; Path=/', 'http://x.test/');
    return jar.getCookieString('http://x.test/y');
  },
  'form-data': (require) => {
    const FormData = require('form-data');
    const form = new FormData();
    form.setBoundary('B');
    form.append('a', 'b');
    return form.getBuffer().toString();
  },
  stripe: (require) => {
    const Stripe = require('stripe');
    const stripe = new (Stripe.default ?? Stripe)('sk_test_x');
    return [
      typeof stripe.customers.create,
      stripe.webhooks.generateTestHeaderString({ timestamp: 1, payload: '{}', secret: 's' }),
    ];
  },
  '@octokit/rest': (require) => {
    const { Octokit } = require('@octokit/rest');
    return new Octokit({ auth: 't' }).rest.repos.get.endpoint({ owner: 'a', repo: 'b' }).url;
  },
  github: (require) => {
    const github = new (require('github'))();
    github.authenticate({ type: 'token', token: 't' });
    return [typeof github.repos.get, typeof github.issues.create];
  },
  circleci: (require) => typeof new (require('circleci'))({ auth: 'a' }).getUser,
  '@slack/web-api': (require) => typeof new (require('@slack/web-api').WebClient)('t').chat.postMessage,
  openai: (require) => {
    const { OpenAI } = require('openai');
    return typeof new OpenAI({ apiKey: 'k' }).chat.completions.create;
  },
  twilio: (require) => {
    const { twiml } = require('twilio');
    const response = new twiml.VoiceResponse();
    response.say('Hi');
    return response.toString();
  },
  '@sendgrid/mail': (require) => {
    const sendgrid = require('@sendgrid/mail');
    sendgrid.setApiKey('SG.x');
    return typeof sendgrid.send;
  },
  nodemailer: async (require) => {
    const transport = require('nodemailer').createTransport({ jsonTransport: true });
    const { envelope } = await transport.sendMail({ from: 'a@b.c', to: 'd@e.f', subject: 's', text: 't' });
    return envelope;
  },
  '@aws-sdk/client-s3': (require) => {
    const { S3Client, GetObjectCommand } = require('@aws-sdk/client-s3');
    const client = new S3Client({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    return [typeof client.send, new GetObjectCommand({ Bucket: 'b', Key: 'k' }).input];
  },
  mongodb: (require) => {
    const { ObjectId, MongoClient } = require('mongodb');
    return [
      new ObjectId('65a000000000000000000001').getTimestamp().toISOString(),
      typeof new MongoClient('mongodb://h/d').db,
    ];
  },
  pg: (require) => [
    require('pg').escapeLiteral("a'b"),
    typeof require('pg').Pool,
    require('pg').types.getTypeParser(23)('5'),
  ],
  mysql2: (require) => require('mysql2').format('select * from ?? where a = ?', ['t', "x'y"]),
  ioredis: (require) => {
    const Redis = require('ioredis');
    return typeof new (Redis.default ?? Redis)({ lazyConnect: true }).get;
  },
  redis: (require) => typeof require('redis').createClient().get,
  knex: (require) =>
    require('knex')({ client: 'pg' })('t').where({ a: 1 }).whereIn('b', [2, 3]).select('c').toString(),
  winston: (require) => {
    const { createLogger, format, transports } = require('winston');
    const logger = createLogger({
      format: format.json(),
      transports: [new transports.Console({ silent: true })],
    });
    logger.info('x');
    return logger.level;
  },
  pino: (require) => {
    const lines = [];
    require('pino')({ base: null, timestamp: false }, { write: (line) => lines.push(line) }).info(
      { a: 1 },
      'm',
    );
    return lines;
  },
};
