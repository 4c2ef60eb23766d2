import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { dtoProblems, flat, isObject } from './dto-problems.js';
import type { FieldProblem } from './errors.js';
import {
  ConsoleOptionsDto,
  ExecutionOptionsDto,
  MAX_FUNCTIONS,
  MAX_MODULES,
  MAX_NAME_LENGTH,
} from './execution-options.dto.js';

/** Several times as many as there are. */
const MAX_FIELDS = 64;

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with the `options` of a payload; nothing, when all is well. */
export function optionsProblems(options: unknown): readonly FieldProblem[] {
  if (!isObject(options)) return [{ field: 'options', problem: 'must be an object, null or absent' }];
  // Counts and lengths come first, and alone where they are wrong: what follows takes more than linear time.
  const excesses = [...sizeProblems(options)];
  if (excesses.length > 0) return excesses;
  const { console, functions, modules } = options;
  return [
    ...problemsOf(ExecutionOptionsDto, { ...flatFields(options), functions, modules }, 'options.'),
    ...(isObject(console) ? problemsOf(ConsoleOptionsDto, flatFields(console), 'options.console.') : []),
    ...nestedNames(functions),
  ];
}

function* sizeProblems(options: Fields): Generator<FieldProblem> {
  const { console, functions, modules } = options;
  yield* countProblem('options', options);
  if (isObject(console)) yield* countProblem('options.console', console);
  yield* listProblem('options.functions', functions, MAX_FUNCTIONS);
  yield* listProblem('options.modules', modules, MAX_MODULES);
}

function* countProblem(field: string, fields: Fields): Generator<FieldProblem> {
  if (Object.keys(fields).length > MAX_FIELDS)
    yield { field, problem: `must have at most ${MAX_FIELDS} fields` };
}

function* listProblem(field: string, names: unknown, max: number): Generator<FieldProblem> {
  if (names === undefined || names === null) return;
  if (!isListOfText(names, max)) {
    const isLong = Array.isArray(names) && names.length > max;
    yield { field, problem: isLong ? `must have at most ${max} names` : 'must be a list of names' };
  } else if (names.some(({ length }) => length > MAX_NAME_LENGTH)) {
    yield { field, problem: `must be names of at most ${MAX_NAME_LENGTH} characters` };
  }
}

function isListOfText(value: unknown, max: number): value is readonly string[] {
  return Array.isArray(value) && value.length <= max && value.every((each) => typeof each === 'string');
}

/** Of a few fields, of which none is deep any more. */
function flatFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, flat(value)]));
}

function problemsOf(dto: ClassConstructor<object>, plain: object, within: string): FieldProblem[] {
  return dtoProblems(plainToInstance(dto, plain), { within, closed: true });
}

/** `db` cannot be a function and have functions, too. */
function nestedNames(functions: unknown): readonly FieldProblem[] {
  if (!Array.isArray(functions)) return [];
  // Sorted, a name comes right before those inside it, since NUL is before every other character.
  const paths = functions.map((name) => String(name).replaceAll('.', '\0')).toSorted();
  return paths.some((path, i) => paths[i + 1]?.startsWith(`${path}\0`) === true)
    ? [{ field: 'options.functions', problem: 'must not name a function inside another' }]
    : [];
}
