import { createHash } from 'node:crypto';
import type { Ceiling } from '../../../src/runtime/ceiling.js';
import { parseTenants } from '../../../src/tenants/parse-tenants.js';

const CEILING: Ceiling = {
  timeoutMs: 3000,
  isolation: 'context',
  limits: {
    maxHostTimeMs: 60_000,
    maxCpuMs: undefined,
    maxMemoryBytes: 256 * 2 ** 20,
    maxResultBytes: 1000,
    maxDepth: 1000,
    maxConsoleLines: 10,
    maxConsoleBytes: 100,
  },
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const HASH = sha256('a secret');

const WHOLE = `
tenants:
  acme:
    secrets: ["plain text", "sha256:${HASH.toUpperCase()}"]
    modules: [lodash, "@octokit/*", "node:path"]
    egress: ["api.github.com", "*.slack.com:443"]
    limits: {timeout: 3000, cpu: 99999, memory: 128, result: 5, console: {lines: 0, bytes: 100}, isolation: process}
    concurrency: 8
    rate: {perSecond: 0.5, burst: 100}
  b-2._x: {secrets: [ключ]}
`;

function problemsOf(text: string, ceiling = CEILING): readonly string[] {
  const parsed = parseTenants(text, ceiling);
  return parsed.kind === 'refused' ? parsed.problems : [];
}

describe('a file of tenants', () => {
  it('gives each tenant its policy, and of its secrets the hashes', () => {
    const parsed = parseTenants(WHOLE, CEILING);
    expect(parsed.kind === 'parsed' ? [...parsed.tenants.values()] : parsed.problems).toEqual([
      {
        name: 'acme',
        hashes: [sha256('plain text'), HASH],
        policy: {
          modules: ['lodash', '@octokit/*', 'path'],
          egress: ['api.github.com', '*.slack.com:443'],
          limits: {
            timeout: 3000,
            cpu: 99_999,
            memory: 128,
            result: 5,
            console: { lines: 0, bytes: 100 },
            isolation: 'process',
          },
          concurrency: 8,
          rate: { perSecond: 0.5, burst: 100 },
        },
      },
      { name: 'b-2._x', hashes: [sha256('ключ')], policy: {} },
    ]);
  });

  it('may be JSON', () => {
    const text = JSON.stringify(
      { tenants: { constructor: { secrets: ['hush'], modules: [] } } },
      undefined,
      '\t',
    );
    expect(parseTenants(text, CEILING)).toMatchObject({
      tenants: new Map([
        ['constructor', { name: 'constructor', hashes: [sha256('hush')], policy: { modules: [] } }],
      ]),
    });
  });
});

/** Of one tenant, beside a secret; texts that could be secrets are all hunter2. */
const BODIES: readonly (readonly [body: string, ...problems: string[]])[] = [
  ['secrets: []', 'secrets: must have at least one secret'],
  ['secrets: hunter2', 'secrets: must be a list of secrets'],
  ['modules: []', 'secrets: must be a list of secrets'],
  ['secrets: [12345]', 'secrets[0]: must be text; put a number in quotes'],
  ['secrets: [ok, ""]', 'secrets[1]: is empty'],
  [
    'secrets: ["hunter2\\n"]',
    'secrets[0]: the value contains a control character, which HTTP headers cannot carry',
  ],
  ['secrets: ["hunter2 "]', 'secrets[0]: the value starts or ends with a space, which HTTP strips'],
  ['secrets: [sha256:hunter2]', 'secrets[0]: must be sha256: and 64 hexadecimal digits'],
  [`secrets: [${'hunter2'.repeat(2000)}]`, 'secrets[0]: must have at most 8192 characters'],
  [`secrets: [a secret, sha256:${HASH}]`, 'secrets[1]: is already a secret of tenants.acme'],
  ['secrets: [x]\n    hunter2hunter2hunter2hunter2: 1', '(another field): is unknown'],
  ['secrets: [x]\n    modles: [path]', 'modles: is unknown'],
  ['secrets: [x]\n    modules: path', 'modules: must be a list of names'],
  [
    'secrets: [x]\n    modules: [path, ../hunter2, 5]',
    'modules[1]: is not a module name',
    'modules[2]: must be a module name',
  ],
  ['secrets: [x]\n    egress: {a: b}', 'egress: must be a list of hosts'],
  ['secrets: [x]\n    egress: [1]', 'egress[0]: must be text'],
  ...['Mars/Phobos', '"+02:00"', '""', '5', '[UTC]', ':UTC', '../UTC'].map((zone): [string, string] => [
    `secrets: [x]\n    timezone: ${zone}`,
    'timezone: must be the name of a time zone, such as Europe/Berlin',
  ]),
  ['secrets: [x]\n    limits:', 'limits: must be an object of limits'],
  ['secrets: [x]\n    limits: {memory: 95}', 'limits.memory: must be a whole number from 96'],
  ['secrets: [x]\n    limits: {memory: 257}', 'limits.memory: must be at most 256'],
  ['secrets: [x]\n    limits: {timeout: "5"}', 'limits.timeout: must be a whole number from 1 to 2147483647'],
  [
    'secrets: [x]\n    limits: {timeout: 3001, result: 1001}',
    'limits.timeout: must be at most 3000',
    'limits.result: must be at most 1000',
  ],
  ['secrets: [x]\n    limits: {cpu: 1.5}', 'limits.cpu: must be a whole number from 1 to 2147483647'],
  ['secrets: [x]\n    limits: {result: 0}', 'limits.result: must be a whole number from 1'],
  [
    'secrets: [x]\n    limits: {console: 5}',
    'limits.console: must be an object with "lines", "bytes" or both',
  ],
  ['secrets: [x]\n    limits: {console: {lines: -1}}', 'limits.console.lines: must be a whole number from 0'],
  [
    'secrets: [x]\n    limits: {console: {lines: 11, bytes: 101}}',
    'limits.console.lines: must be at most 10',
    'limits.console.bytes: must be at most 100',
  ],
  ['secrets: [x]\n    limits: {console: {line: 1}}', 'limits.console.line: is unknown'],
  ['secrets: [x]\n    limits: {isolation: none}', 'limits.isolation: must be "context" or "process"'],
  ['secrets: [x]\n    concurrency: 0', 'concurrency: must be a whole number from 1 to 4096'],
  ['secrets: [x]\n    rate: 5', 'rate: must be an object with "perSecond" and "burst"'],
  [
    'secrets: [x]\n    rate: {perSecond: 0, burst: 1}',
    'rate.perSecond: must be a number above 0 and at most 1000000',
  ],
  [
    'secrets: [x]\n    rate: {perSecond: .inf, burst: 1}',
    'rate.perSecond: must be a number above 0 and at most 1000000',
  ],
  ['secrets: [x]\n    rate: {perSecond: 1}', 'rate.burst: must be a whole number from 1'],
];

const NAME = 'must have 1 to 64 characters of A-Z a-z 0-9 . _ - and start with a letter or a digit';
const NO_TENANT = 'tenants: must be an object with at least one tenant';
const TEXTS: readonly (readonly [text: string, ...problems: string[]])[] = [
  ['', 'must be an object with "tenants"'],
  ['hunter2', 'must be an object with "tenants"'],
  ['[]', 'must be an object with "tenants"'],
  ['{}', NO_TENANT],
  ['tenants:', NO_TENANT],
  ['tenants: {}', NO_TENANT],
  ['tenants: [acme]', NO_TENANT],
  ['tenant: {acme: {secrets: [x]}}', 'tenant: is unknown', NO_TENANT],
  ['tenants: {acme: hunter2}', 'tenants.acme: must be an object with at least "secrets"'],
  ['tenants: {"hunter2!": {secrets: [x]}}', `tenants: name 1 ${NAME}`],
  ['{"tenants": {"a": {"secrets": ["x"]}, "__proto__": {"secrets": ["y"]}}}', `tenants: name 2 ${NAME}`],
  [`tenants: {${'a'.repeat(65)}: {secrets: [x]}}`, `tenants: name 1 ${NAME}`],
  [
    'tenants: {a: {secrets: [hunter2]}, b: {secrets: [hunter2]}}',
    'tenants.b.secrets[0]: is already a secret of tenants.a',
  ],
  [
    `tenants: {a: {secrets: [a secret]}, b: {secrets: [sha256:${HASH}]}}`,
    'tenants.b.secrets[0]: is already a secret of tenants.a',
  ],
  [
    'tenants:\n  a: {secrets: [x]}\n  a: {secrets: [hunter2]}',
    'line 3, column 3: invalid YAML (DUPLICATE_KEY)',
  ],
  ['tenants:\n  a: {secrets: [hunter2}', 'line 2, column 24: invalid YAML (BAD_INDENT)'],
  ['{"tenants": "hunter2', 'line 1, column 21: invalid YAML (MISSING_CHAR)'],
  ['tenants: *hunter2', 'its aliases cannot be resolved'],
];

describe('a wrong file of tenants', () => {
  it.each(BODIES)('is refused with the path of what is wrong: %j', (body, ...problems) => {
    const found = problemsOf(`tenants:\n  acme:\n    ${body}\n`);
    expect(found).toEqual(problems.map((problem) => `tenants.acme.${problem}`));
    expect(found.join()).not.toContain('hunter2');
  });

  it.each(TEXTS)('is refused as a whole: %j', (text, ...problems) => {
    const found = problemsOf(text);
    expect(found).toEqual(problems);
    expect(found.join()).not.toContain('hunter2');
  });

  it('is refused for all its faults at once', () => {
    expect(problemsOf('tenants: {a: {}, b: {secrets: [x], concurrency: no}, "": {}}\nx: 1')).toHaveLength(4);
  });

  it('cannot loosen the isolation', () => {
    const text = 'tenants: {a: {secrets: [x], limits: {isolation: context}}}';
    expect(problemsOf(text, { ...CEILING, isolation: 'process' })).toEqual([
      'tenants.a.limits.isolation: must be "process"',
    ]);
    expect(problemsOf(text)).toEqual([]);
  });

  it('cannot fill the memory with aliases', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}]`);
    expect(problemsOf(`l0: &l0 x\n${levels.join('\n')}`)).toEqual(['its aliases cannot be resolved']);
  });
});
