import { EGRESS_TEXT_BYTES } from '../boundary/egress/egress-frame.js';
import { type ExecutionLimits, FROM_RUNNER, MAX_THROWN_CHARACTERS } from '../boundary/messages.js';

/** The byte that names the kind, which a frame's length counts. */
const KIND_BYTES = 1;
/** JSON escapes a character as at most `\u0000`. */
const ESCAPED_BYTES = 6;
/** Name, message and stack; the names of the fields, a line and a column, and the short excerpt. */
const THROWN_BYTES = 3 * ESCAPED_BYTES * MAX_THROWN_CHARACTERS + 8192;
/** A ticket of nine digits, a name of 256 characters, and a line feed after each. */
const CALLED_HEAD_BYTES = 9 + 256 + 2;
/** The longest name of a limit is `result`. */
const EXHAUSTED_BYTES = 16;

/**
 * Most bytes of a frame that a runner of ours sends, its kind included. Checked as soon as a frame's length and kind are
 * there, before any text is made of it.
 * @param limits those of the running execution; undefined while none runs, when only `ready` and `idle` can come
 */
export function frameLimit(kind: number, limits: ExecutionLimits | undefined): number {
  return KIND_BYTES + (limits === undefined ? 0 : contentLimit(kind, limits));
}

function contentLimit(kind: number, { maxResultBytes, maxConsoleBytes }: ExecutionLimits): number {
  switch (kind) {
    case FROM_RUNNER.console:
      // One digit for the level.
      return maxConsoleBytes + 1;
    case FROM_RUNNER.returned:
    case FROM_RUNNER.yielded:
      return maxResultBytes;
    case FROM_RUNNER.called:
      return CALLED_HEAD_BYTES + maxResultBytes;
    case FROM_RUNNER.threw:
      return THROWN_BYTES;
    case FROM_RUNNER.exhausted:
      return EXHAUSTED_BYTES;
    case FROM_RUNNER.egress:
      return EGRESS_TEXT_BYTES;
    default:
      return 0;
  }
}
