import { type Options, Parser, type Program } from 'acorn';

/** A method of acorn's parser that its types do not have (`acorn/src/expression.js`). */
interface OperatorParser {
  /** Parses the operators that follow an operand, as far as they bind more tightly than `minPrecedence`. */
  parseExprOp(
    left: object,
    start: number,
    startLocation: unknown,
    minPrecedence: number,
    isForInit: unknown,
  ): object;
}

const Base = Parser as unknown as {
  new (options: Options, text: string): OperatorParser;
  parse(text: string, options: Options): Program;
};

/**
 * Acorn, with a loop for operators in a row. Acorn's own method calls itself for each: what a minifier or a template compiler
 * makes, thousands of strings joined by `+`, overflows its stack.
 */
export class ChainParser extends Base {
  /** Where the operands begin whose operators are being parsed. Those inside begin later. */
  #start = -1;

  override parseExprOp(...[left, start, ...rest]: Parameters<OperatorParser['parseExprOp']>): object {
    // The call for the next operator, which is the loop's.
    if (start === this.#start) return left;
    const outer = this.#start;
    for (let node = left; ;) {
      this.#start = start;
      const next = super.parseExprOp(node, start, ...rest);
      this.#start = outer;
      if (next === node) return node;
      node = next;
    }
  }
}
