import { Transform } from 'class-transformer';
import { IsEmpty, IsIn, IsObject, IsOptional, Matches, ValidateBy } from 'class-validator';
import { JsonText } from '../json-text/index.js';
import type { Script, Text } from '../sandbox/index.js';
import type { ExecutionOptionsDto } from './execution-options.dto.js';

const LANGUAGES: readonly NonNullable<Script['language']>[] = ['module', 'typescript'];

/** A string, or a `JsonText` of a string. */
function IsText(options: { readonly message: string }): PropertyDecorator {
  return ValidateBy({ name: 'isText', validator: { validate: isText } }, options);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value instanceof JsonText;
}

/** A script and its options. */
export interface ScriptRequest extends Script {
  readonly options?: ExecutionOptionsDto | undefined;
}

/** A script that its tenant has prepared. */
export interface PreparedRequest extends Pick<ScriptRequest, 'globals' | 'call' | 'options'> {
  /** The id from `runtime.prepare`. */
  readonly script: string;
}

export type ExecuteRequest = ScriptRequest | PreparedRequest;

export function isPrepared(request: ExecuteRequest): request is PreparedRequest {
  return 'script' in request;
}

/**
 * The payload of `runtime.execute`. The messages are those of error 1100 and never repeat a value. Unknown fields are
 * ignored, as in the original.
 */
export class ScriptDto implements ScriptRequest {
  @IsText({ message: 'must be text: the JavaScript to evaluate' })
  readonly code: Text;

  @Transform(({ value }: { value: unknown }) => (value === null || value === '' ? undefined : value))
  @IsOptional()
  @IsIn(LANGUAGES, {
    message: `must be one of ${LANGUAGES.join(', ')}; null, empty or absent for JavaScript`,
  })
  readonly language: Script['language'];

  @IsObject({ message: 'must be an object, null or absent' })
  readonly globals: Script['globals'];

  /** Anything but a non-empty string names no function: the sandbox answers 1001, as the original did. */
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value !== '' ? value : undefined,
  )
  readonly call: string | undefined;

  @Transform(({ value }: { value: unknown }) => (value === null || value === '' ? undefined : value))
  @IsOptional()
  @IsText({
    message: 'must be text: the code of a function (callee, cb); null, empty or absent for the default',
  })
  readonly caller: Text | undefined;

  /** Validated by `options-problems.ts`. */
  readonly options: ExecutionOptionsDto | undefined;
}

const NOT_WITH_SCRIPT = { message: 'must not be combined with "script"' };
const CALL = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && value !== '' ? value : undefined,
);

/** The payload of `runtime.execute` with the id of a prepared script in place of its texts. */
export class PreparedDto implements PreparedRequest {
  @Matches(/^sha256:[0-9a-f]{64}$/, { message: 'must be an id returned by runtime.prepare' })
  readonly script: string;

  @IsIn([undefined, null], NOT_WITH_SCRIPT)
  readonly code: undefined;

  @IsEmpty(NOT_WITH_SCRIPT)
  readonly language: undefined;

  @IsEmpty(NOT_WITH_SCRIPT)
  readonly caller: undefined;

  @IsObject({ message: 'must be an object, null or absent' })
  readonly globals: Script['globals'];

  @CALL
  readonly call: string | undefined;

  readonly options: ExecutionOptionsDto | undefined;
}
