import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { FieldProblem } from './errors.js';
import { ConsoleOptionsDto, ExecutionOptionsDto } from './execution-options.dto.js';

/** What is wrong with the `options` of a payload; nothing, when all is well. */
export function optionsProblems(options: unknown): readonly FieldProblem[] {
  if (!isObject(options)) return [{ field: 'options', problem: 'must be an object, null or absent' }];
  const { console } = options;
  return [
    ...problemsOf(ExecutionOptionsDto, options, 'options'),
    ...(isObject(console) ? problemsOf(ConsoleOptionsDto, console, 'options.console') : []),
    ...nameConflicts(options['functions']),
  ];
}

function problemsOf(dto: ClassConstructor<object>, plain: object, path: string): FieldProblem[] {
  const faults = validateSync(plainToInstance(dto, plain), { whitelist: true, forbidNonWhitelisted: true });
  return faults.flatMap(({ property, constraints = {} }) =>
    [
      ...new Set(
        Object.entries(constraints).map(([name, problem]) =>
          name === 'whitelistValidation' ? 'is unknown' : problem,
        ),
      ),
    ].map((problem) => ({ field: `${path}.${property}`, problem })),
  );
}

/** `db` cannot be a function and have functions, too. */
function nameConflicts(functions: unknown): readonly FieldProblem[] {
  if (!Array.isArray(functions)) return [];
  const names = new Set<unknown>(functions);
  const isNested = (name: unknown): boolean =>
    typeof name === 'string' && [...name].some((char, i) => char === '.' && names.has(name.slice(0, i)));
  return functions.some(isNested)
    ? [{ field: 'options.functions', problem: 'must not name a function inside another' }]
    : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
