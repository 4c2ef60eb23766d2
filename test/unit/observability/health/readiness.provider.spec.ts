import { Module, type LoggerService } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { HealthModule } from '../../../../src/observability/index.js';
import {
  SandboxGuarantees,
  SandboxStatus,
  type SandboxReport,
  type SandboxState,
} from '../../../../src/sandbox/index.js';
import { get, type Answer } from '../../../support/http.js';

const status = new SandboxStatus();
const FINE: SandboxState = {
  ...status.state,
  problem: undefined,
  runners: { starting: 0, idle: 2, running: 0, waiting: 0 },
  maxRunners: 4,
  queued: 0,
  queueSize: 10,
};

class Log implements LoggerService {
  readonly lines: string[] = [];
  log = (line: unknown): unknown => this.lines.push(`log ${String(line)}`);
  warn = (line: unknown): unknown => this.lines.push(`warn ${String(line)}`);
  error = (line: unknown): unknown => this.lines.push(`error ${String(line)}`);
}

const guarantees: Pick<SandboxGuarantees, 'report'> = { report: undefined };

@Module({
  providers: [
    { provide: SandboxStatus, useValue: status },
    { provide: SandboxGuarantees, useValue: guarantees },
  ],
  exports: [SandboxStatus, SandboxGuarantees],
})
class Sandbox {}

const log = new Log();
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  const module = await Test.createTestingModule({
    imports: [HealthModule.forRoot({ imports: [Sandbox] })],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: log });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

async function ready(state: SandboxState): Promise<Answer> {
  status.follow(() => state);
  log.lines.length = 0;
  return get(url, '/readyz');
}

/** A report in which `files` is enforced, and `network` perhaps. */
const report = (enforced: boolean): SandboxReport => ({
  layers: [],
  guarantees: (['files', 'network'] as const).map((guarantee) => ({
    guarantee,
    enforced: enforced || guarantee === 'files',
    keptByNode: true,
    layers: [],
    breaches: ['reads a file outside'],
  })),
  tookMs: 1,
});

describe('/readyz', () => {
  it('logs why scripts cannot run, and shows probes only that they cannot', async () => {
    const down = await ready({ ...FINE, problem: 'no runner starts: /secret/path is missing' });
    expect(down.status).toBe(503);
    expect(JSON.parse(down.text).error).toEqual({
      sandbox: { status: 'down', message: 'scripts cannot run' },
    });
    expect(log.lines).toEqual(['warn not ready: no runner starts: /secret/path is missing']);
    expect((await ready({ ...FINE, problem: 'no runner starts: /secret/path is missing' })).status).toBe(503);
    expect(log.lines).toEqual([]);
    expect((await ready(FINE)).status).toBe(200);
    expect(log.lines).toEqual(['log ready again']);
  });

  it('does not call a guarantee kept that was not tried', async () => {
    const { status: http, text } = await ready(FINE);
    expect(http).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      status: 'degraded',
      details: { guarantees: { status: 'degraded', message: 'not checked' } },
    });
  });

  it('is ok when each guarantee is enforced, and else names those that are not', async () => {
    Object.assign(guarantees, { report: report(true) });
    expect(JSON.parse((await ready(FINE)).text).status).toBe('ok');
    Object.assign(guarantees, { report: report(false) });
    expect(JSON.parse((await ready(FINE)).text)).toMatchObject({
      status: 'degraded',
      details: { guarantees: { status: 'degraded', notEnforced: ['network'] } },
    });
  });

  it('is not to be kept by anybody on the way', async () => {
    for (const path of ['livez', 'readyz']) {
      const { headers } = await fetch(`${url}/${path}`);
      expect(headers.get('cache-control')).toContain('no-store');
    }
  });
});
