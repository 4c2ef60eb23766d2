/**
 * A fault as text for the log: stacks only. Other properties of errors, and thrown values that are not errors, may contain
 * a client's payload, so they are left out.
 */
export function describeFault(fault: unknown): string {
  if (!(fault instanceof Error)) return `threw a value of type ${typeof fault}`;
  const own = fault.stack ?? `${fault.name}: ${fault.message}`;
  return fault.cause instanceof Error && fault.cause !== fault
    ? `${own}\ncause: ${describeFault(fault.cause)}`
    : own;
}
