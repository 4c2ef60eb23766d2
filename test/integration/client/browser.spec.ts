/** The client in web pages: as a bundle, and in a real browser where this machine has one. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { chromium, type Browser, type Page } from 'playwright-core';
import type * as Client from '../../../src/client/browser.js';
import { Binary } from '../../support/binary.js';
import { bundleForBrowsers } from '../../support/bundle.js';
import { SimplexServer } from '../../support/simplex-server.js';

/** `CHROMIUM` names another one. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

declare global {
  var javascriptd: typeof Client;
}

describe('the bundle for browsers', () => {
  it('is of the client alone: nothing of Node, of ws, or of the rest of the service', async () => {
    const { metafile } = await bundleForBrowsers(`export { connect } from 'javascriptd/client'`);
    const inputs = Object.keys(metafile.inputs).filter((path) => path !== '<stdin>');
    expect(inputs).toContain('dist/client/browser.js');
    expect(inputs.filter((path) => !path.startsWith('dist/client/'))).toEqual([]);
    expect(inputs.filter((path) => path.includes('node-socket'))).toEqual([]);
    expect(Object.values(metafile.outputs).flatMap((output) => output.imports)).toEqual([]);
  });
});

const inBrowser = existsSync(CHROMIUM) ? describe : describe.skip;

inBrowser('the client in Chromium', () => {
  let browser: Browser;
  let pages: Server;
  let service: Binary;
  let url: string;
  let page: Page;

  beforeAll(async () => {
    const { text } = await bundleForBrowsers(`export * from 'javascriptd/client'`);
    pages = createServer((_request, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><meta charset="utf-8"><script>${text}</script>`),
    ).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    service = new Binary(['--port', '0', '--timeout', '2000']);
    [browser, url] = await Promise.all([
      // Its own sandbox needs a user that is not root.
      chromium.launch({ executablePath: CHROMIUM, chromiumSandbox: process.getuid?.() !== 0 }),
      service.listens(),
    ]);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    service.kill('SIGKILL');
    pages.close();
  });

  const port = (): number => (pages.address() as AddressInfo).port;
  const open = async (): Promise<void> => {
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port()}/`);
  };

  it('runs scripts, and tells their errors apart', async () => {
    await open();
    const seen = await page.evaluate(async (to) => {
      const { connect, ScriptError } = globalThis.javascriptd;
      const run = connect(to);
      const code = 'function f(cb) { console.log("in", name); cb(name.length) }';
      const { value, console } = await run.execute({ code, globals: { name: 'Zürich' }, call: 'f' });
      const error: unknown = await run
        .execute({ code: 'function f() { throw new RangeError("far") }', call: 'f' })
        .catch((thrown: unknown) => thrown);
      await run.close();
      return {
        value,
        console,
        error: error instanceof ScriptError && [error.name, error.message, error.line],
      };
    }, url);
    expect(seen).toEqual({ value: 6, console: ['in Zürich'], error: ['RangeError', 'far', 1] });
  });

  it('streams, serves functions, and keeps an idle connection that it cannot ping', async () => {
    const server = await SimplexServer.listen();
    let asked = 0;
    server.onFrame = ({ type, id, method, payload }, connection) => {
      if (method === 'runtime.ping') connection.fail(id, 1101, 'Unknown method');
      else if (method === 'runtime.execute') {
        asked = id;
        connection.more(id, { console: { level: 'log', time: 1, text: 'one' } });
        connection.send({ type: 'req', id: 1, method: 'add', payload: [1, 2], ext: { execution: asked } });
      } else if (type === 'rep')
        setTimeout(() => connection.reply(asked, { value: payload, console: ['one'], time: 1 }), 1500);
    };
    await open();
    const seen = await page.evaluate(async (to) => {
      const run = globalThis.javascriptd.connect(to, { heartbeat: 500 });
      const execution = run.execute({ code: '', functions: { add: (a: number, b: number) => a + b } });
      const lines: unknown[] = [];
      for await (const line of execution.console) lines.push(line);
      const { value } = await execution;
      await run.close();
      return { lines, value };
    }, server.url);
    await server.stop();
    expect(seen).toEqual({ lines: [{ level: 'log', time: 1, text: 'one' }], value: 3 });
    expect(server.connections).toHaveLength(1);
  });

  it('refuses a secret, which a page cannot send', async () => {
    await open();
    const message = await page.evaluate((to) => {
      try {
        globalThis.javascriptd.connect(to, { secret: 'x' });
      } catch (error) {
        return String(error);
      }
      return 'connected';
    }, url);
    expect(message).toBe(
      'TypeError: secret is not supported in browsers: a page cannot set WebSocket headers',
    );
  });

  it('is let in from another origin only where ORIGINS lists it', async () => {
    // Chromium takes every name under localhost for this machine, and so does the service; so the page has another one.
    const origin = `http://app.example:${port()}`;
    const listing = new Binary(['--port', '0', '--origins', origin]);
    const strange = await chromium.launch({
      executablePath: CHROMIUM,
      chromiumSandbox: process.getuid?.() !== 0,
      args: ['--host-resolver-rules=MAP app.example 127.0.0.1'],
    });
    try {
      page = await strange.newPage();
      await page.goto(origin);
      const ask = (where: string): Promise<unknown> =>
        page.evaluate(async (to) => {
          const run = globalThis.javascriptd.connect(to, { reconnect: false });
          const given: unknown = await run
            .execute({ code: 'f = cb => cb("in")', call: 'f' })
            .then(({ value }) => value)
            .catch(({ name }: Error) => name);
          await run.close();
          return given;
        }, where);
      expect(await ask(url)).toBe('NotConnectedError');
      expect(await ask(await listing.listens())).toBe('in');
    } finally {
      await strange.close();
      listing.kill('SIGKILL');
    }
  });
});
