import { readFileSync } from 'node:fs';

interface Table {
  /** The section of one Node, made anew. */
  readonly section: (major: string, node?: string) => string;
  readonly withSection: (page: string, major: string, section: string) => string;
}

const { section, withSection }: Table = await import(
  new URL('../../build/builtins-table.mjs', import.meta.url).href
);
const page = readFileSync(new URL('../../docs/builtins.md', import.meta.url), 'utf8');
const [major = ''] = process.versions.node.split('.', 1);

/** What behaves otherwise on this Node. */
function differencesIn(text: string): readonly string[] {
  const [own = ''] = new RegExp(`^## Node ${major}\\n[^]*?(?=^## |$(?![^]))`, 'm').exec(text) ?? [];
  const [, list = ''] = own.split('Otherwise than in Node:');
  return list.split('\n').filter((line) => line.startsWith('- '));
}

describe('docs/builtins.md', () => {
  it('says of this Node what this Node and a context say now', () => {
    // Which names `http` has depends on the Node of the build too, and the page is made with the oldest.
    const compared = major === '20' ? (text: string) => text.trimEnd() : differencesIn;
    expect(compared(withSection(page, major, section(major)))).toEqual(compared(page));
  }, 60_000);

  it('has a section for each supported Node', () => {
    const majors = [...page.matchAll(/^## Node (\d+)$/gm)].map(([, found]) => found);
    expect(majors).toEqual(expect.arrayContaining(['20', '22', '24', '26']));
  });
});
