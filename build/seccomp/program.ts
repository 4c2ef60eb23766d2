import type { Condition } from './condition.js';
import { ANSWER, CODE, OFFSET, type Instruction } from './instruction.js';
import { DENY, JUDGEMENTS, UNKNOWN, type Refusal } from './rules.js';
import {
  AUDIT_ARCH,
  DENIED_GROUPS,
  deniedCalls,
  judgedCalls,
  NEWEST_CALL,
  type Architecture,
} from './syscalls.js';

/** Numbers from here on are the x32 calls of x86-64: the same kernel by other numbers. */
const X32 = 0x40000000;

/** The filter of a runner process: the machine first, then the call, then its arguments. */
export function seccompProgram(architecture: Architecture): readonly Instruction[] {
  const refusals = new Map<number, Refusal>();
  for (const group of DENIED_GROUPS)
    for (const number of deniedCalls(group, architecture).values()) refusals.set(number, DENY);
  for (const [name, number] of judgedCalls(architecture)) refusals.set(number, JUDGEMENTS.get(name) ?? DENY);
  return [
    load(OFFSET.architecture),
    jump(CODE.jumpEqual, AUDIT_ARCH[architecture], 1, 0),
    answer(ANSWER.kill),
    load(OFFSET.call),
    jump(CODE.jumpGreater, X32 - 1, 0, 1),
    answer(ANSWER.errno | DENY.errno),
    jump(CODE.jumpGreater, NEWEST_CALL, 0, 1),
    answer(ANSWER.errno | UNKNOWN.errno),
    ...[...refusals].flatMap(([number, refusal]) => refused(number, refusal)),
    answer(ANSWER.allow),
  ];
}

function refused(number: number, { errno, when }: Refusal): readonly Instruction[] {
  const body =
    when.length === 0
      ? [answer(ANSWER.errno | errno)]
      : [...when.flatMap((condition) => judged(condition, errno)), answer(ANSWER.allow)];
  return [jump(CODE.jumpEqual, number, 0, body.length), ...body];
}

function judged({ kind, argument, value }: Condition, errno: number): readonly Instruction[] {
  const isMet = kind === 'equals' || kind === 'anyBit';
  return [
    load(OFFSET.arguments + 8 * argument),
    jump(
      kind === 'equals' || kind === 'notEquals' ? CODE.jumpEqual : CODE.jumpAnyBit,
      value,
      isMet ? 0 : 1,
      isMet ? 1 : 0,
    ),
    answer(ANSWER.errno | errno),
  ];
}

function load(offset: number): Instruction {
  return { code: CODE.load, whenTrue: 0, whenFalse: 0, operand: offset };
}

function jump(code: number, operand: number, whenTrue: number, whenFalse: number): Instruction {
  return { code, whenTrue, whenFalse, operand };
}

function answer(value: number): Instruction {
  return { code: CODE.answer, whenTrue: 0, whenFalse: 0, operand: value };
}
