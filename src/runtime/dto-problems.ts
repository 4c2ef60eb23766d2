import { validateSync } from 'class-validator';
import { JsonText } from '../json-text/index.js';
import type { FieldProblem } from './errors.js';

/** Names of fields are the client's own text, and are echoed. */
const MAX_SHOWN_CHARACTERS = 64;

/**
 * What is wrong with an instance of a DTO, in the words of its own decorators, each once. class-validator takes more
 * than linear time for many keys and long lists, so both are counted before; see `options-problems.ts`.
 */
export function dtoProblems(dto: object, { within = '', closed = false } = {}): FieldProblem[] {
  const faults = validateSync(dto, closed ? { whitelist: true, forbidNonWhitelisted: true } : {});
  return faults.flatMap(({ property, constraints = {} }) => {
    const { whitelistValidation: unknown, ...others } = constraints;
    const problems = new Set([...(unknown === undefined ? [] : ['is unknown']), ...Object.values(others)]);
    return [...problems].map((problem) => ({ field: `${within}${shown(property)}`, problem }));
  });
}

/** An object, and no array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** class-transformer walks what it is given and would overflow the stack on a deep value, so it gets no depth; nor long texts, which it would copy. */
export function flat(value: unknown): unknown {
  if (value instanceof JsonText) return '';
  if (Array.isArray(value)) return [];
  return isObject(value) ? {} : value;
}

function shown(field: string): string {
  return field.length > MAX_SHOWN_CHARACTERS ? `${field.slice(0, MAX_SHOWN_CHARACTERS)}…` : field;
}
