import { Transform } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString } from 'class-validator';
import type { Script } from '../sandbox/index.js';
import type { ExecutionOptionsDto } from './execution-options.dto.js';

const LANGUAGES: readonly NonNullable<Script['language']>[] = ['module', 'typescript'];

/** A script, and how its client wants it run. */
export interface ScriptRequest extends Script {
  readonly options?: ExecutionOptionsDto | undefined;
}

/**
 * The payload of `runtime.execute`. The messages are what a client reads in error 1100; they never repeat a value.
 * Fields that are not listed are ignored, as the original did.
 */
export class ScriptDto implements ScriptRequest {
  @IsString({ message: 'must be text: the JavaScript to evaluate' })
  readonly code: string;

  @Transform(({ value }: { value: unknown }) => (value === null || value === '' ? undefined : value))
  @IsOptional()
  @IsIn(LANGUAGES, {
    message: `must be one of ${LANGUAGES.join(', ')}; null, empty or absent for JavaScript`,
  })
  readonly language: Script['language'];

  @IsObject({ message: 'must be an object, null or absent' })
  readonly globals: Readonly<Record<string, unknown>>;

  /** Anything but a name names no function, which the sandbox answers 1001, as the original did. */
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value !== '' ? value : undefined,
  )
  readonly call: string | undefined;

  @Transform(({ value }: { value: unknown }) => (value === null || value === '' ? undefined : value))
  @IsOptional()
  @IsString({
    message: 'must be text: the code of a function (callee, cb); null, empty or absent for the default',
  })
  readonly caller: string | undefined;

  /** Checked by `options-problems.ts`, where there are any. */
  readonly options: ExecutionOptionsDto | undefined;
}
