import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { dtoProblems } from './dto-problems.js';
import { isObject } from './payload-fields.js';
import type { FieldProblem } from './errors.js';
import { ConsoleOptionsDto, ExecutionOptionsDto } from './execution-options.dto.js';

/** What is wrong with the `options` of a payload; nothing, when all is well. */
export function optionsProblems(options: unknown): readonly FieldProblem[] {
  if (!isObject(options)) return [{ field: 'options', problem: 'must be an object, null or absent' }];
  const { console } = options;
  return [
    ...problemsOf(ExecutionOptionsDto, options, 'options.'),
    ...(isObject(console) ? problemsOf(ConsoleOptionsDto, console, 'options.console.') : []),
    ...nameConflicts(options['functions']),
  ];
}

function problemsOf(dto: ClassConstructor<object>, plain: object, within: string): FieldProblem[] {
  return dtoProblems(plainToInstance(dto, plain), { within, closed: true });
}

/** `db` cannot be a function and have functions, too. */
function nameConflicts(functions: unknown): readonly FieldProblem[] {
  if (!Array.isArray(functions)) return [];
  const names = new Set<unknown>(functions);
  const isNested = (name: unknown): boolean => {
    if (typeof name !== 'string') return false;
    const parts = name.split('.');
    return parts.some((_, i) => i > 0 && names.has(parts.slice(0, i).join('.')));
  };
  return functions.some(isNested)
    ? [{ field: 'options.functions', problem: 'must not name a function inside another' }]
    : [];
}
