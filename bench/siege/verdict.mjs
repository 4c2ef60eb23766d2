// Whether a row has held.

const MIB = 2 ** 20;

/**
 * @param row of row.mjs
 * @param quiet the row without an attack that has the same bystander
 * @param bounds `allowMs` on top of the quiet worst, `memoryMib` of the gateway
 * @returns what did not hold; empty where the row passes
 */
export function faultsOf(row, quiet, { allowMs, memoryMib }) {
  if (row.skipped !== undefined) return [];
  if (row.failure !== undefined) return [row.failure];
  const faults = [];
  for (const [what, label] of [
    ['calls', 'call'],
    ['livez', '/livez'],
  ]) {
    const bound = quiet[what].worst + allowMs;
    const { worst, wrong, unanswered, count } = row[what];
    // Never answered, so there is no worst: that is the worst.
    if (count === 0) faults.push(`no ${label}`);
    else if (worst > bound) faults.push(`${label} ${Math.round(worst)} ms > ${Math.round(bound)}`);
    if (wrong > 0) faults.push(`${wrong} wrong (${label})`);
    if (unanswered > 0) faults.push(`${unanswered} unanswered (${label})`);
  }
  if (row.calls.timeouts > 0) faults.push(`${row.calls.timeouts} false 1002`);
  const memory = Math.round(row.gateway.peakBytes / MIB);
  if (memory > memoryMib) faults.push(`${memory} MiB > ${memoryMib}`);
  if (!row.gateway.isAlive) faults.push('the gateway died');
  // An attack that was not made proves nothing.
  if (row.attacker?.died === true) faults.push('the attacker died');
  return faults;
}
