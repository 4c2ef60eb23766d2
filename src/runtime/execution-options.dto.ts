import {
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { Isolation } from '../sandbox/index.js';

/** Of the lists of names; checked by `options-problems.ts` before anything here is. */
export const MAX_FUNCTIONS = 256;
export const MAX_MODULES = 1024;
export const MAX_NAME_LENGTH = 256;

/** Dotted identifiers. */
const FUNCTION_NAME = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/;
/** Node's timers take no longer delay. */
const MOST_MS = 2_147_483_647;

const wholeFrom = (least: number): { message: string } => ({
  message: `must be a whole number from ${least}`,
});
const yesOrNo = { message: 'must be true or false' };

/** What a console may come to. */
export class ConsoleOptionsDto {
  @IsOptional()
  @IsInt(wholeFrom(0))
  @Min(0, wholeFrom(0))
  readonly lines?: number;

  @IsOptional()
  @IsInt(wholeFrom(0))
  @Min(0, wholeFrom(0))
  readonly bytes?: number;
}

/** `options` of `runtime.execute`: how one script is run. Limits stay within those of the operator, or are refused. */
export class ExecutionOptionsDto {
  /** Console lines and yielded values are sent as they happen. */
  @IsOptional()
  @IsBoolean(yesOrNo)
  readonly stream?: boolean;

  /** Names of functions that the client serves, for `await host.<name>(...)`. */
  @IsOptional()
  @IsArray({ message: 'must be a list of names' })
  @ArrayUnique({ message: 'must name each function once' })
  @IsString({ each: true, message: 'must be a list of names' })
  @Matches(FUNCTION_NAME, { each: true, message: 'must be names, or names joined by dots' })
  readonly functions?: readonly string[];

  /** Milliseconds. */
  @IsOptional()
  @IsInt(wholeFrom(1))
  @Min(1, wholeFrom(1))
  @Max(MOST_MS, { message: `must be at most ${MOST_MS}` })
  readonly timeout?: number;

  /** Milliseconds of the processor. */
  @IsOptional()
  @IsInt(wholeFrom(1))
  @Min(1, wholeFrom(1))
  readonly cpu?: number;

  /** MiB. */
  @IsOptional()
  @IsInt(wholeFrom(1))
  @Min(1, wholeFrom(1))
  readonly memory?: number;

  @IsOptional()
  @IsObject({ message: 'must be an object with "lines", "bytes" or both' })
  readonly console?: ConsoleOptionsDto;

  /** Bytes of the value's JSON. */
  @IsOptional()
  @IsInt(wholeFrom(1))
  @Min(1, wholeFrom(1))
  readonly result?: number;

  @IsOptional()
  @IsIn(['context', 'process'], { message: 'must be "context" or "process"' })
  readonly isolation?: Isolation;

  /** Names and `@scope/*` patterns, of those that the operator allows. */
  @IsOptional()
  @IsArray({ message: 'must be a list of names' })
  @IsString({ each: true, message: 'must be a list of names' })
  readonly modules?: readonly string[];

  /** A prepared script runs in a context that is kept for it. */
  @IsOptional()
  @IsBoolean(yesOrNo)
  readonly reuse?: boolean;

  /** Whether a closed connection lets the script go on. */
  @IsOptional()
  @IsBoolean(yesOrNo)
  readonly keepRunning?: boolean;

  /** Whether waiting for `functions` counts towards `timeout`. */
  @IsOptional()
  @IsIn(['counts', 'pauses'], { message: 'must be "counts" or "pauses"' })
  readonly hostTime?: 'counts' | 'pauses';
}
