/** The module in an application of its own; `npm run test:embedding` installs it in one from a pack. */
import { Body, Controller, Module, Post } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SettingsError } from '../../../src/config/index.js';
import { HttpAdapter } from '../../../src/http/index.js';
import type { JavascriptdSettings } from '../../../src/javascriptd-settings.js';
import { JavascriptdModule, type JavascriptdParts } from '../../../src/javascriptd.module.js';
import { SandboxService } from '../../../src/sandbox/index.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { FakeSandbox } from '../../support/fake-sandbox.js';
import { get } from '../../support/http.js';
import { post } from '../../support/http-execute.js';

const PARTS: JavascriptdParts = { sandbox: FakeSandbox, moduleDirs: [] };
const SCRIPT = { code: 'function f() {}', call: 'f' };

@Controller()
class EchoController {
  @Post('echo')
  echo(@Body() body: object): object {
    return { body };
  }
}

let app: NestFastifyApplication;
afterEach(() => app.close());

/** An application that has settings of its own, too; gives its WebSocket address. */
async function start(
  settings: JavascriptdSettings,
  parts: JavascriptdParts,
  adapter: FastifyAdapter = new HttpAdapter({ maxBodyBytes: 2 ** 20 }),
): Promise<string> {
  @Module({
    imports: [
      await ConfigModule.forRoot({
        isGlobal: true,
        ignoreEnvFile: true,
        load: [() => ({ TIMEOUT: 'its own', secret: 'its own' })],
      }),
      JavascriptdModule.forRoot({ NOLOGS: true, ...settings }, { ...PARTS, ...parts }),
    ],
    controllers: [EchoController],
  })
  class AppModule {}
  app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, {
    logger: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  JavascriptdModule.setup(app);
  await app.listen(0, '127.0.0.1');
  return (await app.getUrl()).replace('http', 'ws');
}

describe('JavascriptdModule', () => {
  it('serves WebSocket, HTTP, health and metrics as the binary does', async () => {
    const url = await start({ TIMEOUT: 50 }, {});
    const client = await DuplexClient.connect(url);
    expect(await client.call('runtime.execute', SCRIPT)).toMatchObject({ value: 42 });
    await client.close();
    expect(await post(url, SCRIPT)).toMatchObject({ status: 200, body: { value: 42 } });
    expect(app.get<FakeSandbox>(SandboxService).executions[0]).toMatchObject({ timeoutMs: 50 });
    expect((await get(url, '/livez')).status).toBe(200);
    expect((await get(url, '/metrics')).text).toContain('javascriptd_executions_total');
    expect(JSON.parse((await get(url, '/openapi.json')).text)).toHaveProperty(
      'info.version',
      expect.stringMatching(/^\d/),
    );
  });

  it('leaves out what the application does not want, and then serves on another adapter, too', async () => {
    const url = await start({ METRICS: false }, { http: false, health: false }, new FastifyAdapter());
    const client = await DuplexClient.connect(url);
    expect(await client.call('runtime.execute', SCRIPT)).toMatchObject({ value: 42 });
    await client.close();
    for (const path of ['/livez', '/metrics', '/openapi.json'])
      expect({ path, status: (await get(url, path)).status }).toEqual({ path, status: 404 });
  });

  it("does not mix its settings with the application's", async () => {
    const url = await start({ SECRET: 'hunter2', TIMEOUT: 70 }, {});
    const config = app.get(ConfigService);
    expect(config.get('TIMEOUT')).toBe('its own');
    expect(config.get('SECRET')).toBeUndefined();
    expect(config.get('PATH')).toBe(process.env['PATH']);
    const answer = await post(url, SCRIPT, {
      'content-type': 'application/json',
      'x-runtime-secret': 'hunter2',
    });
    expect(answer.status).toBe(200);
    expect(app.get<FakeSandbox>(SandboxService).executions[0]).toMatchObject({ timeoutMs: 70 });
  });

  it('leaves the routes of the application alone, with what they take', async () => {
    const url = await start({ SECRET: 'hunter2' }, {});
    const { status, body } = await post(url, { a: 1 }, undefined, '/echo');
    expect({ status, body }).toEqual({ status: 201, body: { body: { a: 1 } } });
    expect((await post(url, '{', undefined, '/echo')).status).toBe(400);
  });

  it('refuses wrong settings at once, in the words of the binary', async () => {
    await start({}, {});
    expect(() => JavascriptdModule.forRoot({ TIMEOUT: -1 })).toThrow(
      new SettingsError(['TIMEOUT: "-1" is too small; expected a whole number from 1 to 2147483647']),
    );
  });
});
