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

/** Bounds of the lists of names; `options-problems.ts` checks them before the decorators run. */
export const MAX_FUNCTIONS = 256;
export const MAX_MODULES = 1024;
export const MAX_NAME_LENGTH = 256;

/** Dotted identifiers. */
const FUNCTION_NAME = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/;
/** The maximum delay of Node's timers. */
const MAX_TIMER_MS = 2_147_483_647;

const wholeFrom = (min: number): { message: string } => ({
  message: `must be a whole number from ${min}`,
});
const trueOrFalse = { message: 'must be true or false' };

/** Limits of the console. */
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

/** `options` of `runtime.execute`. Limits above those of the operator are refused. */
export class ExecutionOptionsDto {
  /** Stream console lines and yielded values. */
  @IsOptional()
  @IsBoolean(trueOrFalse)
  readonly stream?: boolean;

  /** Names of client functions, called with `await host.<name>(...)`. */
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
  @Max(MAX_TIMER_MS, { message: `must be at most ${MAX_TIMER_MS}` })
  readonly timeout?: number;

  /** CPU time in milliseconds. */
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

  /** Names and `@scope/*` patterns, among those that the operator allows. */
  @IsOptional()
  @IsArray({ message: 'must be a list of names' })
  @IsString({ each: true, message: 'must be a list of names' })
  readonly modules?: readonly string[];

  /** Run a prepared script in a context that is reused. */
  @IsOptional()
  @IsBoolean(trueOrFalse)
  readonly reuse?: boolean;

  /** Whether the script goes on after its connection closed. */
  @IsOptional()
  @IsBoolean(trueOrFalse)
  readonly keepRunning?: boolean;

  /** Whether waiting for client functions counts towards `timeout`. */
  @IsOptional()
  @IsIn(['counts', 'pauses'], { message: 'must be "counts" or "pauses"' })
  readonly hostTime?: 'counts' | 'pauses';
}
