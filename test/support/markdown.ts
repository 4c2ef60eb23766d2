import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Names in backticks that begin so are paths from the root. */
const ROOT_PATH = /^(?:src|build|scripts|test|examples|bench|deploy|docs|\.ci)\/[\w./-]+$/;
/** And these are pages at the root. */
const ROOT_PAGE = /^[A-Z]{4,}(?:\.md)$/;

/** One page of the documentation. */
export class Page {
  readonly text: string;
  /** Without its fenced blocks, in which nothing is a link or a heading. */
  readonly #prose: string;

  constructor(
    private readonly root: string,
    readonly path: string,
  ) {
    this.text = readFileSync(join(root, path), 'utf8');
    this.#prose = this.text.replaceAll(/^```[^]*?^```$/gm, '');
  }

  /** The fenced blocks of one kind, each with the number of its first line. */
  blocks(kind: string): readonly { readonly line: number; readonly lines: readonly string[] }[] {
    return [...this.text.matchAll(new RegExp(`^\`\`\`${kind}\\n([^]*?)\\n\`\`\`$`, 'gm'))].map((match) => ({
      line: this.text.slice(0, match.index).split('\n').length + 1,
      lines: (match[1] ?? '').split('\n'),
    }));
  }

  /** The rows of the table between the two comments of a name, or the first one under a heading, without its head. */
  table(name: string): readonly (readonly string[])[] {
    const [, marked] = new RegExp(`<!-- ${name} -->([^]*?)<!-- /${name} -->`).exec(this.text) ?? [];
    const [, titled] = new RegExp(`^#+ ${name}$([^]*?)(?=^#)`, 'm').exec(this.#prose) ?? [];
    const [first = ''] = /(?:^\|.*\n)+/m.exec(marked ?? titled ?? '') ?? [];
    return first
      .trimEnd()
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      );
  }

  /** The anchors of the headings, as GitHub makes them. */
  get anchors(): readonly string[] {
    return [...this.#prose.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    );
  }

  /** What the page points to and is not there: files, pages, headings. */
  get missing(): readonly string[] {
    const links = [...this.#prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const names = [...this.#prose.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
    return [
      ...links.filter((link) => !/^[a-z]+:/.test(link) && !this.#leads(link)),
      ...names.filter(
        (name) => (ROOT_PATH.test(name) || ROOT_PAGE.test(name)) && !existsSync(join(this.root, name)),
      ),
    ];
  }

  #leads(link: string): boolean {
    const [file = '', anchor] = link.split('#');
    const path = file === '' ? this.path : relative(this.root, join(this.root, dirname(this.path), file));
    if (!existsSync(join(this.root, path))) return false;
    return anchor === undefined || new Page(this.root, path).anchors.includes(anchor);
  }
}
