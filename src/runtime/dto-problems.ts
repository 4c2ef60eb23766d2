import { validateSync } from 'class-validator';
import { JsonText } from '../json-text/index.js';
import type { FieldProblem } from './errors.js';

/** Field names come from the client and are echoed, so they are truncated. */
const MAX_SHOWN_CHARACTERS = 64;

/**
 * Validates a DTO and returns its problems without duplicates, with the messages of its decorators. class-validator takes
 * more than linear time for many keys and long lists, so both are bounded before; see `options-problems.ts`.
 */
export function dtoProblems(dto: object, { within = '', closed = false } = {}): FieldProblem[] {
  const faults = validateSync(dto, closed ? { whitelist: true, forbidNonWhitelisted: true } : {});
  return faults.flatMap(({ property, constraints = {} }) => {
    const { whitelistValidation: unknown, ...others } = constraints;
    const problems = new Set([...(unknown === undefined ? [] : ['is unknown']), ...Object.values(others)]);
    return [...problems].map((problem) => ({ field: `${within}${shown(property)}`, problem }));
  });
}

/** Whether a value is an object and not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A shallow stand-in: class-transformer would overflow the stack on a deep value, and copy a long text. */
export function flat(value: unknown): unknown {
  if (value instanceof JsonText) return '';
  if (Array.isArray(value)) return [];
  return isObject(value) ? {} : value;
}

function shown(field: string): string {
  return field.length > MAX_SHOWN_CHARACTERS ? `${field.slice(0, MAX_SHOWN_CHARACTERS)}…` : field;
}
