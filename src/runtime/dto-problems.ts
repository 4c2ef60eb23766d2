import { validateSync } from 'class-validator';
import type { FieldProblem } from './errors.js';

/** What is wrong with an instance of a DTO, in the words of its own decorators, each once. */
export function dtoProblems(dto: object, { within = '', closed = false } = {}): FieldProblem[] {
  const faults = validateSync(dto, closed ? { whitelist: true, forbidNonWhitelisted: true } : {});
  return faults.flatMap(({ property, constraints = {} }) => {
    const { whitelistValidation: unknown, ...others } = constraints;
    const problems = new Set([...(unknown === undefined ? [] : ['is unknown']), ...Object.values(others)]);
    return [...problems].map((problem) => ({ field: `${within}${property}`, problem }));
  });
}
