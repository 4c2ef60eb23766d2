/** What a filter sees of a call. */
export interface Call {
  readonly architecture: number;
  readonly number: number;
  readonly arguments?: readonly number[];
}

/**
 * Runs an array of `struct sock_filter` as the kernel does, as far as filters of ours go; throws on anything
 * that the kernel would not load.
 * @returns the answer, a SECCOMP_RET_ value
 */
export function answerOf(program: Buffer, { architecture, number, arguments: given = [] }: Call): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number, 0);
  data.writeUInt32LE(architecture, 4);
  for (const [i, value] of given.entries())
    data.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), 16 + 8 * i);
  let accumulator = 0;
  for (let at = 0; at < program.length / 8; at++) {
    const [code, jt, jf] = [program.readUInt16LE(at * 8), program[at * 8 + 2] ?? 0, program[at * 8 + 3] ?? 0];
    const operand = program.readUInt32LE(at * 8 + 4);
    if (code === 0x06) return operand;
    if (code === 0x20) {
      if (operand % 4 !== 0) throw new Error('an unaligned load');
      accumulator = data.readUInt32LE(operand);
      continue;
    }
    at += isTrue(code, accumulator, operand) ? jt : jf;
  }
  throw new Error('the program has no end');
}

function isTrue(code: number, accumulator: number, operand: number): boolean {
  if (code === 0x15) return accumulator === operand;
  if (code === 0x25) return accumulator > operand;
  if (code === 0x45) return (accumulator & operand) !== 0;
  throw new Error(`unknown instruction ${code}`);
}
