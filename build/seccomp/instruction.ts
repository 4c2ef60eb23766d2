/** Classic BPF as seccomp runs it: linux/filter.h, linux/bpf_common.h. */

/** One `struct sock_filter`. */
export interface Instruction {
  readonly code: number;
  /** Instructions to skip when a comparison is true, and when it is false. */
  readonly whenTrue: number;
  readonly whenFalse: number;
  readonly operand: number;
}

export const CODE = {
  /** Loads a 32-bit word of `struct seccomp_data`. */
  load: 0x20,
  jumpEqual: 0x15,
  jumpGreater: 0x25,
  /** Whether any bit of the operand is set. */
  jumpAnyBit: 0x45,
  answer: 0x06,
} as const;

/** Answers of a filter: linux/seccomp.h. */
export const ANSWER = {
  allow: 0x7fff0000,
  kill: 0x80000000,
  /** The low 16 bits are the error number. */
  errno: 0x00050000,
} as const;

/** Where `struct seccomp_data` keeps what; arguments have 64 bits, of which the low half comes first. */
export const OFFSET = { call: 0, architecture: 4, arguments: 16 } as const;

const BYTES = 8;

/** The array as `setpriv --seccomp-filter` reads it from a file; both machines are little-endian. */
export function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * BYTES);
  for (const [i, { code, whenTrue, whenFalse, operand }] of program.entries()) {
    bytes.writeUInt16LE(code, i * BYTES);
    bytes.writeUInt8(whenTrue, i * BYTES + 2);
    bytes.writeUInt8(whenFalse, i * BYTES + 3);
    bytes.writeUInt32LE(operand >>> 0, i * BYTES + 4);
  }
  return bytes;
}
