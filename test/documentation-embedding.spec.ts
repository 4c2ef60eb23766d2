/** Every code block of docs/embedding.md is part of `examples/embedding`, which `npm run test:embedding` runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Page } from './support/markdown.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const { text } = new Page(ROOT, 'docs/embedding.md');

/** Each with the file that the comment above it names. */
const blocks = [...text.matchAll(/(?:<!-- (\S+) -->\n\n)?^```\w+\n([^]*?)^```$/gm)].map(
  ([, file = 'no file is named', code = '']) => ({ file, code }),
);

describe('docs/embedding.md', () => {
  it('has examples', () => {
    expect(blocks.length).toBeGreaterThan(10);
    expect(blocks).toHaveLength((text.match(/^```\w/gm) ?? []).length);
  });

  it.each(blocks)('shows what is in $file', ({ file, code }) => {
    expect(file).toMatch(/^examples\/embedding\//);
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(code);
  });
});
