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

/** Several times the number of options. */
const MAX_FIELDS = 64;

type Fields = Readonly<Record<string, unknown>>;

/** Problems of the `options` of a payload; empty if they are valid. */
export function optionsProblems(options: unknown): readonly FieldProblem[] {
  if (!isObject(options)) return [{ field: 'options', problem: 'must be an object, null or absent' }];
  // Counts and lengths come first, since further validation takes more than linear time.
  const { console } = options;
  const tooMany = [...countProblem('options', options)];
  if (isObject(console)) tooMany.push(...countProblem('options.console', console));
  if (tooMany.length > 0) return tooMany;
  const functions = listProblem('options.functions', options['functions'], MAX_FUNCTIONS);
  const modules = listProblem('options.modules', options['modules'], MAX_MODULES);
  const lists = {
    functions: functions.length > 0 ? undefined : options['functions'],
    modules: modules.length > 0 ? undefined : options['modules'],
  };
  return [
    ...functions,
    ...modules,
    ...problemsOf(ExecutionOptionsDto, { ...flatFields(options), ...lists }, 'options.'),
    ...(isObject(console) ? problemsOf(ConsoleOptionsDto, flatFields(console), 'options.console.') : []),
    ...nestedNames(lists.functions),
  ];
}

function countProblem(field: string, fields: Fields): readonly FieldProblem[] {
  return Object.keys(fields).length > MAX_FIELDS
    ? [{ field, problem: `must have at most ${MAX_FIELDS} fields` }]
    : [];
}

function listProblem(field: string, names: unknown, max: number): readonly FieldProblem[] {
  if (names === undefined || names === null) return [];
  if (Array.isArray(names) && names.length > max)
    return [{ field, problem: `must have at most ${max} names` }];
  if (!isListOfText(names)) return [{ field, problem: 'must be a list of names' }];
  return names.some(({ length }) => length > MAX_NAME_LENGTH)
    ? [{ field, problem: `must be names of at most ${MAX_NAME_LENGTH} characters` }]
    : [];
}

function isListOfText(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Replaces nested values, so that no field is deep. */
function flatFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, flat(value)]));
}

function problemsOf(dto: ClassConstructor<object>, plain: object, within: string): FieldProblem[] {
  return dtoProblems(plainToInstance(dto, plain), { within, closed: true });
}

/** `db` cannot be both a function and a namespace of functions. */
function nestedNames(functions: unknown): readonly FieldProblem[] {
  if (!Array.isArray(functions)) return [];
  // Sorted, a name comes directly before the names inside it, since NUL sorts before every other character.
  const paths = functions.map((name) => String(name).replaceAll('.', '\0')).toSorted();
  return paths.some((path, i) => paths[i + 1]?.startsWith(`${path}\0`) === true)
    ? [{ field: 'options.functions', problem: 'must not name a function inside another' }]
    : [];
}
