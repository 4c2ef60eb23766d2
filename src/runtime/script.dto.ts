import { Transform } from 'class-transformer';
import { IsEmpty, IsIn, IsObject, IsOptional, Matches, ValidateBy } from 'class-validator';
import { JsonText } from '../json-text/index.js';
import type { Script, Text } from '../sandbox/index.js';
import type { ExecutionOptionsDto } from './execution-options.dto.js';

const LANGUAGES: readonly NonNullable<Script['language']>[] = ['module', 'typescript'];

/** A text, or the JSON of one. */
function IsText(options: { readonly message: string }): PropertyDecorator {
  return ValidateBy({ name: 'isText', validator: { validate: isText } }, options);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value instanceof JsonText;
}

/** A script, and how its client wants it run. */
export interface ScriptRequest extends Script {
  readonly options?: ExecutionOptionsDto | undefined;
}

/** A script that its tenant has prepared. */
export interface PreparedRequest extends Pick<ScriptRequest, 'globals' | 'call' | 'options'> {
  /** The id that `runtime.prepare` gave. */
  readonly script: string;
}

export type ExecuteRequest = ScriptRequest | PreparedRequest;

export function isPrepared(request: ExecuteRequest): request is PreparedRequest {
  return 'script' in request;
}

/**
 * The payload of `runtime.execute`. The messages are what a client reads in error 1100; they never repeat a value.
 * Fields that are not listed are ignored, as the original did.
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

  /** Anything but a name names no function, which the sandbox answers 1001, as the original did. */
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

  /** Checked by `options-problems.ts`, where there are any. */
  readonly options: ExecutionOptionsDto | undefined;
}

const OF_PREPARED = { message: 'must not be there beside "script", which has it' };
const CALL = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && value !== '' ? value : undefined,
);

/** The payload of `runtime.execute` with the id of a prepared script in place of its texts. */
export class PreparedDto implements PreparedRequest {
  @Matches(/^sha256:[0-9a-f]{64}$/, { message: 'must be an id that runtime.prepare has given' })
  readonly script: string;

  @IsIn([undefined, null], OF_PREPARED)
  readonly code: undefined;

  @IsEmpty(OF_PREPARED)
  readonly language: undefined;

  @IsEmpty(OF_PREPARED)
  readonly caller: undefined;

  @IsObject({ message: 'must be an object, null or absent' })
  readonly globals: Script['globals'];

  @CALL
  readonly call: string | undefined;

  readonly options: ExecutionOptionsDto | undefined;
}
