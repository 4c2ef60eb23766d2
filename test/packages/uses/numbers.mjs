/** Small real uses, by package; see `data.mjs`. */
export const numberUses = {
  mathjs: (require) => {
    const math = require('mathjs');
    return [
      math.evaluate('sqrt(3^2 + 4^2) * 2 inch to cm').toString(),
      math.det([
        [1, 2],
        [3, 4],
      ]),
      String(math.derivative('x^2 + x', 'x')),
    ];
  },
  'decimal.js': (require) => {
    const Decimal = require('decimal.js');
    return [new Decimal('0.1').plus('0.2').toString(), Decimal.sqrt(2).toFixed(20)];
  },
  'bignumber.js': (require) => {
    const { BigNumber } = require('bignumber.js');
    return new BigNumber('123456789.123456789').times('1e20').toFormat();
  },
  'big.js': (require) => {
    const Big = require('big.js');
    return new (Big.default ?? Big)(1).div(3).toFixed(20);
  },
  'bn.js': (require) => new (require('bn.js'))('ff'.repeat(20), 16).pow(new (require('bn.js'))(3)).toString(),
  numeral: (require) => [
    require('numeral')(1234567.891).format('0,0.00'),
    require('numeral')(0.5).format('0%'),
  ],
  'currency.js': (require) => require('currency.js')(2.51).add(0.015).multiply(3).format(),
  'simple-statistics': (require) => {
    const ss = require('simple-statistics');
    return [
      ss.mean([1, 2, 3, 10]),
      ss.standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]),
      ss.linearRegression([
        [0, 0],
        [1, 2],
      ]),
    ];
  },
  'ml-matrix': (require) =>
    require('ml-matrix')
      .inverse([
        [2, 0],
        [0, 4],
      ])
      .to2DArray(),
  moment: (require) => {
    const moment = require('moment');
    return [
      moment.utc('2024-02-29').add(1, 'year').format('YYYY-MM-DD dddd'),
      moment.duration(90, 'minutes').humanize(),
    ];
  },
  'moment-timezone': (require) =>
    require('moment-timezone').tz('2024-07-01T12:00:00Z', 'America/New_York').format(),
  luxon: (require) => {
    const { DateTime, Interval } = require('luxon');
    const start = DateTime.fromISO('2024-03-31T01:30', { zone: 'Europe/Berlin' });
    return [start.plus({ hours: 1 }).toISO(), Interval.after(start, { days: 2 }).length('hours')];
  },
  dayjs: (require) => {
    const dayjs = require('dayjs');
    dayjs.extend(require('dayjs/plugin/utc'));
    dayjs.extend(require('dayjs/plugin/timezone'));
    return [dayjs.utc(0).add(1, 'month').format(), dayjs.tz('2024-01-01 12:00', 'Asia/Tokyo').toISOString()];
  },
  'date-fns': (require) => {
    const { addMonths, differenceInDays, formatISO, parseISO } = require('date-fns');
    return [
      formatISO(addMonths(parseISO('2024-01-31'), 1), { representation: 'date' }),
      differenceInDays(new Date(864e5 * 5), new Date(0)),
    ];
  },
  'cron-parser': (require) => {
    const { CronExpressionParser } = require('cron-parser');
    return CronExpressionParser.parse('*/20 3 * * 1', { currentDate: '2024-01-01T00:00:00Z', tz: 'UTC' })
      .take(2)
      .map((d) => d.toISOString());
  },
  rrule: (require) =>
    require('rrule')
      .rrulestr('DTSTART:20240101T000000Z\nRRULE:FREQ=WEEKLY;COUNT=3')
      .all()
      .map((d) => d.toISOString()),
  'chrono-node': (require) =>
    require('chrono-node')
      .parseDate('tomorrow at 5pm', new Date(Date.UTC(2024, 0, 1)))
      .toISOString(),
  ms: (require) => [require('ms')('2 days'), require('ms')(60000)],
  'ipaddr.js': (require) => {
    const ipaddr = require('ipaddr.js');
    return [
      ipaddr.parse('192.168.1.5').range(),
      ipaddr.parse('2001:db8::1').toNormalizedString(),
      ipaddr.parse('10.1.2.3').match(ipaddr.parseCIDR('10.0.0.0/8')),
    ];
  },
  semver: (require) => [
    require('semver').satisfies('1.2.3', '^1.1'),
    require('semver').inc('1.2.3-beta.1', 'prerelease'),
    require('semver').maxSatisfying(['1.0.0', '1.9.0', '2.0.0'], '1'),
  ],
  validator: (require) => [
    require('validator').isEmail('a@b.co'),
    require('validator').isIBAN('DE89370400440532013000'),
    require('validator').escape('<a>'),
  ],
  'libphonenumber-js': (require) =>
    require('libphonenumber-js').parsePhoneNumberFromString('020 7946 0018', 'GB').formatInternational(),
  tldts: (require) => require('tldts').parse('https://www.a.co.uk/x'),
  'url-parse': (require) => require('url-parse')('https://u:p@a.b:81/c?d=e#f', true).query,
  'ua-parser-js': (require) => {
    const { UAParser } = require('ua-parser-js');
    return new UAParser(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
    ).getBrowser().name;
  },
  qs: (require) => [
    require('qs').parse('a[b][]=1&a[b][]=2&c=d'),
    require('qs').stringify({ a: { b: [1, 2] } }),
  ],
  'query-string': (require) => require('query-string').default.parse('a=1&b=2&b=3', { parseNumbers: true }),
  'mime-types': (require) => [
    require('mime-types').lookup('a.json'),
    require('mime-types').contentType('html'),
  ],
  mime: (require) => [
    require('mime').default.getType('a.tar.gz'),
    require('mime').default.getExtension('image/jpeg'),
  ],
  minimatch: (require) => ['a/b.js', 'b.ts'].map((path) => require('minimatch').minimatch(path, '**/*.js')),
  micromatch: (require) => require('micromatch')(['a.js', 'b/c.ts', 'd.md'], ['**/*.{js,ts}', '!a*']),
  minimist: (require) => require('minimist')(['--a=1', '-bc', 'x', '--no-d']),
  commander: (require) => {
    const { Command } = require('commander');
    const program = new Command()
      .option('-p, --port <number>', 'port', Number)
      .argument('<file>')
      .exitOverride();
    program.parse(['-p', '80', 'x.js'], { from: 'user' });
    return [program.opts(), program.args];
  },
  yargs: (require) => {
    const yargs = require('yargs');
    return (yargs.default ?? yargs)(['--a', '1', 'x'])
      .option('a', { type: 'number' })
      .exitProcess(false)
      .help(false)
      .version(false)
      .parseSync()._;
  },
};
