import { CASES, type Case, type Expected, isOpen, type Level } from './cases.js';
import { differences, namesOurFiles } from './differences.js';
import { type Answer, Ground, Service, plainNode } from './sides.js';

/** The cases were measured with it; later versions answer some of them differently. */
const MEASURED_WITH = 'v20.';

/**
 * Every case of `compat.jsonl` at a level, with plain Node beside it. `npx jest test/compat -t NAME` runs those of a name or
 * class. A case that `open.json` lists is known to fail; its test fails when it no longer does.
 */
export function compareWithNode(level: Level): void {
  let ground: Ground;
  let reference: Promise<ReadonlyMap<string, Answer>>;
  const services = new Map<string, Promise<Service>>();

  const serviceFor = (one: Case): Promise<Service> => {
    const environment = one.needs?.environment ?? {};
    const key = JSON.stringify(environment);
    const service = services.get(key) ?? Service.start(ground, level, environment);
    services.set(key, service);
    return service;
  };

  beforeAll(async () => {
    ground = await new Ground().prepare();
    reference = inPlainNode(ground);
    // Its rejection is that of each test.
    reference.catch(() => undefined);
  });

  afterAll(async () => {
    await Promise.allSettled([
      reference,
      ...[...services.values()].map(async (service) => (await service).stop()),
    ]);
    ground.close();
  });

  describe.each(Object.entries(byClass(level)))('class %s', (_class, cases) => {
    it.each(cases.map((one) => [one.name, one] as const))('%s is as in Node', async (name, one) => {
      const answer = await (await serviceFor(one)).answer(one);
      const node = (await reference).get(name);
      const here = expectedBy(one, node);
      const found = { ...differences(answer, here), ...(namesOurFiles(answer) && { leaked: answer }) };
      const works = Object.keys(found).length === 0;
      if (isOpen(level, name)) expect({ name, works }).toEqual({ name, works: false });
      else expect({ found }).toEqual({ found: {}, ...(!works && { expected: here }) });
      if (node !== undefined && process.version.startsWith(MEASURED_WITH))
        expect(differences(node, one.expect)).toEqual({});
    });
  });
}

/** What this version of Node answers, as far as the case expects it. */
function expectedBy({ expect: measured }: Case, node: Answer | undefined): Expected {
  if (node === undefined || process.version.startsWith(MEASURED_WITH)) return measured;
  return {
    ...measured,
    ...('value' in measured && 'value' in node && { value: node.value }),
    ...('console' in measured && 'console' in node && { console: node.console }),
  };
}

function byClass(level: Level): Record<string, Case[]> {
  const classes: Record<string, Case[]> = {};
  for (const one of CASES) {
    // A case for a service of the other level is not one for this.
    if ((one.needs?.environment?.SANDBOX_ISOLATION ?? level) === level) (classes[one.class] ??= []).push(one);
  }
  return classes;
}

/** Node 20 has no types: there, the case alone says what is expected. */
async function inPlainNode(ground: Ground): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const groups = new Map<string, Case[]>();
  for (const one of CASES) {
    if (one.payload.language !== undefined) continue;
    const { SANDBOX_ISOLATION: _level, ...environment } = one.needs?.environment ?? {};
    const key = JSON.stringify(environment);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const cases of groups.values()) {
    const found = await plainNode(ground, cases);
    for (const [index, one] of cases.entries()) {
      const answer = found[index];
      if (answer !== undefined) answers.set(one.name, answer);
    }
  }
  return answers;
}
