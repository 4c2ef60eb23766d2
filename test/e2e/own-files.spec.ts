/** Files of packages, the time of loading them, and what refuses a module: in a service, at both isolation levels. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Binary } from '../support/binary.js';
import { DuplexClient } from '../support/duplex-client.js';
import { installFixtures } from '../support/modules.js';

const moduleDir = installFixtures({
  'reader/package.json': '{"name":"reader","version":"1.0.0"}',
  'reader/index.js':
    'exports.fs = require("fs"); exports.net = require("net"); exports.dns = require("dns"); exports.dir = __dirname;',
  'reader/a.txt': 'abc',
  'reader/large.bin': 'x'.repeat(1_500_000),
  'slow/package.json': '{"name":"slow","version":"1.0.0"}',
  'slow/index.js': 'for (const end = Date.now() + 60_000; Date.now() < end;);',
  'slowish/package.json': '{"name":"slowish","version":"1.0.0"}',
  'slowish/index.js': 'for (const end = Date.now() + 300; Date.now() < end;);',
  'refused/package.json': '{"name":"refused","version":"1.0.0"}',
  'refused/index.js': '',
});
const tenants = join(moduleDir, 'tenants.json');
writeFileSync(
  tenants,
  JSON.stringify({
    tenants: { all: { secrets: ['all'] }, some: { secrets: ['some'], modules: ['reader'] } },
  }),
  { mode: 0o600 },
);

let service: Binary;
let all: DuplexClient;
let some: DuplexClient;

beforeAll(async () => {
  service = new Binary(['--port', '0', '--sandbox-modules-dir', moduleDir, '--secrets-file', tenants], {
    MODULES: 'reader,slow,slowish,path,util',
    MAX_CONCURRENCY: '2',
  });
  const url = await service.listens();
  all = await DuplexClient.connect(url, { headers: { 'x-runtime-secret': 'all' } });
  some = await DuplexClient.connect(url, { headers: { 'x-runtime-secret': 'some' } });
});
afterAll(async () => {
  await all.close();
  await some.close();
  service.kill('SIGTERM');
  await service.ended();
});

const value = async (body: string, options: object = {}): Promise<unknown> => {
  const code = `async function f() { const { fs, net, dns, dir } = require('reader'); ${body} }`;
  return ((await all.call('runtime.execute', { code, call: 'f', options })) as { value: unknown }).value;
};
const failure = async (client: DuplexClient, code: string, options: object = {}): Promise<unknown> =>
  client.call('runtime.execute', { code, call: 'f', options }).then(
    (result) => result,
    (error: unknown) => error,
  );

describe('the fs of a package', () => {
  it.each([
    [
      'promises',
      'return [await fs.promises.readFile(dir + "/a.txt", "utf8"), (await fs.promises.stat(dir)).isDirectory()]',
      ['abc', true],
    ],
    [
      'callbacks',
      'return new Promise((done) => fs.readFile(dir + "/a.txt", "utf8", (e, text) => done([e, text])))',
      [null, 'abc'],
    ],
    [
      'errors of callbacks',
      'return new Promise((done) => fs.stat(dir + "/x", (e, s) => done([e.code, s ?? null])))',
      ['ENOENT', null],
    ],
    [
      'promisified callbacks',
      'return require("util").promisify(fs.readFile)(dir + "/a.txt", "latin1")',
      'abc',
    ],
    [
      'streams',
      'let n = 0; for await (const part of fs.createReadStream(dir + "/large.bin")) n += part.length; return n',
      1_500_000,
    ],
    [
      'parts of streams',
      'let s = ""; for await (const part of fs.createReadStream(dir + "/a.txt", { start: 1, end: 1, encoding: "utf8" })) s += part; return s',
      'b',
    ],
    [
      'errors of streams',
      'return new Promise((done) => fs.createReadStream(dir + "/../x").on("error", (e) => done(e.code)))',
      'ERR_ACCESS_DENIED',
    ],
    [
      'rejections',
      'return Promise.all(["readFile", "writeFile", "mkdir", "rm", "open"].map((name) => fs.promises[name]("/etc/passwd", "").catch((e) => e.code)))',
      Array.from({ length: 5 }, () => 'ERR_ACCESS_DENIED'),
    ],
    ['rejections of dns', 'return dns.promises.lookup("a.b").catch((e) => e.code)', 'ERR_ACCESS_DENIED'],
    [
      'addresses',
      'return ["1.2.3.4", "::1", "fe80::1%eth0", "::ffff:1.2.3.4", "1.2.3", "01.2.3.4", "1::2::3", ":::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "g::", ""].map(net.isIP)',
      [4, 6, 6, 6, 0, 0, 0, 0, 6, 6, 0, 0],
    ],
  ])('gives %s as Node does', async (_, body, expected) => {
    expect(await value(body)).toEqual(expected);
  });

  it('answers net.isIP as Node does', async () => {
    const texts = [
      '1.2.3.4',
      '::1',
      'fe80::1%eth0',
      '::ffff:1.2.3.4',
      '01.2.3.4',
      '1::2::3',
      ':::',
      '1:2:3:4:5:6:7::',
      '::',
      '1:2:3:4:5:6:1.2.3.4',
      '1.2.3.4::',
      ':1:2:3:4:5:6:7',
      '12345::',
      '1:2:3:4:5:6:7:8:9',
      'a:b::%',
      ' ::1',
      '1.2.3.4\n',
    ];
    const { isIP } = await import('node:net');
    expect(await value(`return ${JSON.stringify(texts)}.map((text) => net.isIP(text))`)).toEqual(
      texts.map((text) => isIP(text)),
    );
  });
});

describe('a call that times out while packages load', () => {
  it('says how long that was', async () => {
    const hint = expect.stringMatching(/^\d+ ms of the time was the first load of packages/) as unknown;
    const [inside, after] = await Promise.all([
      failure(all, 'function f() { require("slow") }', { timeout: 1200 }),
      failure(all, 'function f() { require("slowish"); for (;;); }', { timeout: 1200 }),
    ]);
    expect(inside).toMatchObject({ code: 1002, data: { hint } });
    expect(after).toMatchObject({ code: 1002, data: { hint } });
  });

  it('says nothing where none did', async () => {
    const error = await failure(all, 'function f() { require("path"); for (;;); }', { timeout: 300 });
    expect(error).toMatchObject({
      code: 1002,
      data: expect.not.objectContaining({ hint: expect.anything() }),
    });
  });
});

it.each([
  ['the setting', () => all, 'refused', {}, /the setting MODULES does not list it$/],
  [
    "the tenant's own list",
    () => some,
    'refused',
    {},
    /this tenant's own list \("modules" in the tenants file\)/,
  ],
  ["the call's list", () => all, 'slow', { modules: ['reader'] }, /options\.modules of this call/],
])('a refused module names %s', async (_, client, name, options, message) => {
  const error = await failure(client(), `function f() { require(${JSON.stringify(name)}) }`, options);
  expect(error).toMatchObject({ data: { message: expect.stringMatching(message) } });
});
