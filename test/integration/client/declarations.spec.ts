/** What a TypeScript application sees of `javascriptd/client`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Inside the package, so that its name leads to itself.
const FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));

const CODE = `
import { connect, ScriptError, type Result } from 'javascriptd/client';
const run = connect('ws://127.0.0.1:8765', { retry: 3 });
const execution = run.execute<number>({
  code: '', call: 'f', globals: { a: 1 }, options: { isolation: 'process' },
  functions: { charge: async (amount: number) => amount > 5, db: { find: (key: string) => key } },
});
for await (const { text, level = 'log' } of execution.console) text.concat(level);
const { value, usage }: Result<number> = await execution;
export const doubled: number = value * 2 + (usage?.cpu ?? 0);
try { await run.execute({ code: '', signal: AbortSignal.timeout(5) }); }
catch (error) { if (error instanceof ScriptError) { const line: number | undefined = error.line; void line; } }
`;

const WRONG = CODE.replace("call: 'f'", 'call: 5').replace('const doubled: number', 'const doubled: string');

/** What the compiler says of both, as an application's own run of it would. */
function problems(options: object): string {
  const folder = mkdtempSync(join(FOLDER, 'declarations-'));
  try {
    writeFileSync(join(folder, 'right.mts'), CODE);
    writeFileSync(join(folder, 'wrong.mts'), WRONG);
    const compilerOptions = {
      target: 'es2023',
      strict: true,
      noEmit: true,
      skipDefaultLibCheck: true,
      ...options,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }));
    return spawnSync(process.execPath, [TSC, '-p', folder], { encoding: 'utf8', timeout: 60_000 }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each([
  [
    'a web page, without the types of Node',
    {
      module: 'esnext',
      moduleResolution: 'bundler',
      customConditions: ['browser'],
      exactOptionalPropertyTypes: true,
      lib: ['es2023', 'dom'],
      types: [],
    },
  ],
  ['Node', { module: 'nodenext', lib: ['es2023'], types: ['node'], skipLibCheck: true }],
])('the types for %s', (_, options) => {
  it('take what is right, and nothing that is not', () => {
    const files = problems(options).match(/\w+\.mts(?=\(\d+,\d+\): error TS2322)|error TS(?!2322)\d+/g);
    expect(files).toEqual(['wrong.mts', 'wrong.mts']);
  });
});
