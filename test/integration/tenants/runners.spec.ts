/** With one runner process in all, whose it is can be seen from outside. */
import { runnerPids } from '../../support/processes.js';
import { scriptOf, TenantsService } from '../../support/tenants-service.js';

const service = new TenantsService();
beforeAll(async () => {
  service.give({ red: { secrets: ['red'] }, blue: { secrets: ['blue'] } });
  await service.start({ MAX_CONCURRENCY: '1' });
});
afterAll(() => service.stop());

async function processOf(secret: string): Promise<number> {
  const { body } = await service.post(secret, scriptOf('1'));
  expect(body['value']).toBe(1);
  const [pid = 0, ...others] = runnerPids(service.binary.process.pid);
  expect(others).toEqual([]);
  return pid;
}

it('a runner process serves one tenant, again and again, and never another', async () => {
  const red = await processOf('red');
  expect(await processOf('red')).toBe(red);
  const blue = await processOf('blue');
  expect(blue).not.toBe(red);
  expect(await processOf('blue')).toBe(blue);
  expect([red, blue]).not.toContain(await processOf('red'));
  expect(await service.metrics()).toContain('runner_processes_ended_total{reason="preempted"} 2');
});
