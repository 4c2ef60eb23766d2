/** Each setting is used: it becomes an option that its module reads, or code reads it by its name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { loadSettings } from '../../../src/config/load-settings.js';
import { optionsOf } from '../../../src/config/options-of.js';
import type { Setting } from '../../../src/config/setting.js';
import { SETTINGS } from '../../../src/config/settings.js';

type Table = Readonly<Record<string, Setting>>;
type Texts = Readonly<Record<string, string>>;

/** Files that declare settings and options, and read none. */
const DECLARES = /^config\/(?:settings|[a-z]+-settings|setting-conflicts)\.ts$|\.options\.ts$/;

const SRC = fileURLToPath(new URL('../../../src', import.meta.url));
const sources: Texts = Object.fromEntries(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('client/'))
    .map((path) => [path, readFileSync(join(SRC, path), 'utf8')]),
);

/** The names of properties that code reads: `x.name`, `x['name']`, `const { name } = x`. */
function readsIn(texts: Texts): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) names.add(node.name.text);
    if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression))
      names.add(node.argumentExpression.text);
    if (ts.isBindingElement(node)) names.add((node.propertyName ?? node.name).getText());
    // `config.get('NAME')` of Nest's ConfigService.
    if (ts.isCallExpression(node) && node.expression.getText().endsWith('.get')) {
      const [argument] = node.arguments;
      if (argument !== undefined && ts.isStringLiteral(argument)) names.add(argument.text);
    }
    ts.forEachChild(node, visit);
  };
  for (const [path, text] of Object.entries(texts))
    if (!DECLARES.test(path)) visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return names;
}

/** The settings that nothing uses. */
function unread(table: Table, texts: Texts): readonly string[] {
  const reads = readsIn(texts);
  return Object.entries(table)
    .filter(([name, { option }]) => !reads.has(option?.[1] ?? name))
    .map(([name]) => name);
}

describe('the settings table', () => {
  it('has no setting that nothing reads', () => {
    expect(unread(SETTINGS, sources)).toEqual([]);
  });

  it('would be seen to have one', () => {
    const entry = SETTINGS.QUEUE_SIZE;
    const table: Table = {
      UNREAD: { kind: entry.kind, description: '' },
      UNREAD_OPTION: { kind: entry.kind, description: '', option: ['sandbox', 'unreadOption'] },
      READ: { kind: entry.kind, description: '' },
      READ_OPTION: entry,
    };
    const texts = {
      'serve.ts': '// settings.UNREAD\nconst text = "UNREAD"; run(settings.READ);',
      'config/settings.ts': 'export const { UNREAD } = SETTINGS;',
      'sandbox/sandbox.options.ts': 'export const { unreadOption } = DEFAULTS;',
      'sandbox/pool/queue.ts': 'const { queueSize: max } = options;',
    };
    expect(unread(table, texts)).toEqual(['UNREAD', 'UNREAD_OPTION']);
  });
});

describe('optionsOf', () => {
  const settings = loadSettings({ SANDBOX_MEMORY: '96', SANDBOX_TOOLS: '/a:/b', LIMITS_MAX_TIMEOUT: '5000' });

  it('gives a module the options that its settings become, converted', () => {
    expect(optionsOf('sandbox', settings)).toMatchObject({
      maxMemoryBytes: 96 * 2 ** 20,
      toolDirs: ['/a', '/b'],
      queueSize: 1024,
    });
    expect(optionsOf('runtime', settings)).toEqual({
      timeoutMs: 3000,
      maxTimeoutMs: 5000,
      memoryBytes: 256 * 2 ** 20,
      preparedBytes: 64 * 2 ** 20,
      preparedTenantBytes: 16 * 2 ** 20,
    });
  });

  it('leaves out what is not set, so that the defaults of the module apply', () => {
    expect(Object.keys(optionsOf('auth', settings))).toEqual([]);
    expect(Object.keys(optionsOf('ceilings', settings))).toEqual([]);
  });
});
