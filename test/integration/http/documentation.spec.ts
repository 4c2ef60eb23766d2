/** The examples and tables of docs/http.md match the program. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PROBLEM_TYPES } from '../../../src/http/problem-types.js';
import { Binary } from '../../support/binary.js';
import { Page } from '../../support/markdown.js';

const PAGE = new Page(fileURLToPath(new URL('../../../', import.meta.url)), 'docs/http.md');
const run = promisify(execFile);

/** Replaces numbers that differ from run to run. */
const still = (text: string): string => text.replaceAll(/"time":\s*\d+/g, '"time":0').trim();

describe('docs/http.md', () => {
  let service: Binary;
  let address: string;
  beforeAll(async () => {
    service = new Binary(['--port', '0']);
    address = (await service.listens()).replace('ws://', '');
  });
  afterAll(async () => {
    service.kill('SIGTERM');
    await service.ended();
  });

  const commands = PAGE.blocks('sh');
  const answers = [...PAGE.blocks('json'), ...PAGE.blocks('text')].toSorted((a, b) => a.line - b.line);

  it('shows a response for each command', () => {
    expect(commands).toHaveLength(4);
    expect(answers).toHaveLength(commands.length);
  });

  it.each(commands.map(({ lines, line }, index) => ({ line, lines, answer: answers[index]?.lines ?? [] })))(
    'shows what the command of line $line prints',
    async ({ lines, answer }) => {
      const { stdout } = await run('sh', ['-c', lines.join('\n').replace('127.0.0.1:8765', address)]);
      const shown = answer.join('\n');
      const compact = shown.startsWith('{') ? JSON.stringify(JSON.parse(shown)) : shown;
      expect(still(stdout)).toBe(still(compact));
    },
  );

  it('lists each code with its status, title and detail', () => {
    const types = PROBLEM_TYPES.toSorted((a, b) => a.code - b.code);
    expect(PAGE.table('problems')).toEqual(
      types.map(({ code, status, title, detail }) => [`${code}`, `${status}`, title, detail]),
    );
  });
});
