import { jsonValue } from './mutate.mjs';

const SCRIPTS = [
  { code: 'function f(cb) { cb(1); }', call: 'f' },
  {
    code: 'async function* f() { console.log(1); yield 2; return 3; }',
    call: 'f',
    options: { stream: true },
  },
  { code: 'function f() { throw new Error("no"); }', call: 'f' },
  { code: 'function f(cb) { cb(text); cb(2); }', globals: { text: 'x' }, call: 'f' },
  { code: 'async function f() { return await host.g(); }', call: 'f', options: { functions: ['g'] } },
  { code: '', call: 'f' },
  { code: 'function f(callee, cb) {', call: 'f' },
  {
    code: 'export const f = async () => 5;',
    language: 'module',
    caller: '(callee, cb) => callee(cb)',
    call: 'f',
  },
  { script: `sha256:${'0'.repeat(64)}`, call: 'f', options: { reuse: true } },
];
const FIELDS = ['code', 'call', 'caller', 'language', 'globals', 'options', 'script', 'extra'];
const OPTIONS = [
  'stream',
  'functions',
  'timeout',
  'cpu',
  'memory',
  'result',
  'console',
  'modules',
  'reuse',
  'hostTime',
];
const METHODS = [
  'runtime.prepare',
  'runtime.cancel',
  'runtime.modules',
  'runtime.exec',
  '',
  '__proto__',
  'constructor',
];

/** What `runtime.execute` takes, mostly: right, or wrong in a field. */
export function payload(random) {
  const script = structuredClone(random.of(SCRIPTS));
  if (random.chance(0.3)) script[random.of(FIELDS)] = jsonValue(random);
  if (random.chance(0.2)) script.options = { [random.of(OPTIONS)]: jsonValue(random, 1), timeout: 30 };
  return random.chance(0.03) ? jsonValue(random) : script;
}

/** A Duplex message with an id; most are requests that the service must answer. */
export function message(random, id) {
  const method = random.chance(0.8) ? 'runtime.execute' : random.of(METHODS);
  const whole = { type: 'req', method, id, payload: payload(random) };
  if (method === 'runtime.cancel') whole.payload = { id: random.of([id - 1, id, 'x', null]) };
  if (random.chance(0.1)) whole.ext = jsonValue(random);
  if (random.chance(0.05)) whole.more = random.of([true, false, null, 1]);
  if (random.chance(0.03)) whole.method = jsonValue(random, 1);
  if (random.chance(0.03)) whole.id = random.of([`${id}`, id + 0.5, -id, null, undefined]);
  if (random.chance(0.05)) return { type: 'rep', id, payload: whole.payload };
  return whole;
}
