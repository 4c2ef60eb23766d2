import type { Layer } from '../pool/hardening/layer.js';
import { GUARANTEE_TEXTS, type Guarantee } from './guarantee.js';

export interface LayerReport {
  readonly layer: Layer;
  readonly applied: boolean;
  /** Why it is not applied, as the tool or the system put it. */
  readonly reason?: string;
}

export interface GuaranteeReport {
  readonly guarantee: Guarantee;
  /** Whether the operating system keeps it, whatever Node does. */
  readonly enforced: boolean;
  /** Whether at least Node's permission model keeps it, which is no boundary against machine code. */
  readonly keptByNode: boolean;
  /** Applied layers each of which keeps it alone; it may be that only several together do. */
  readonly layers: readonly Layer[];
  /** What a probe could do without Node's permission model. */
  readonly breaches: readonly string[];
}

/** What a machine keeps scripts from that have broken out of their context: tried, not assumed. */
export interface SandboxReport {
  readonly layers: readonly LayerReport[];
  readonly guarantees: readonly GuaranteeReport[];
  /** Milliseconds that the trying took. */
  readonly tookMs: number;
}

/** One line for each guarantee, without a line break. */
export function guaranteeLine({
  guarantee,
  enforced,
  keptByNode,
  layers,
  breaches,
}: GuaranteeReport): string {
  if (enforced) return `${guarantee}: enforced (${layers.join(', ') || 'several layers together'})`;
  const state = keptByNode ? 'by Node only, not enforced' : 'NOT ENFORCED';
  return `${guarantee}: ${state}; a script that breaks out ${breaches.join(', ')}`;
}

/** Without these a script that has Node itself has more than one in a context that holds. */
const HOLDING_NODE: readonly Guarantee[] = ['files', 'network', 'processes'];

/** Those of the needed ones that the operating system does not enforce. */
export function unenforced(
  { guarantees }: SandboxReport,
  needed: readonly Guarantee[],
): readonly Guarantee[] {
  return guarantees
    .filter(({ guarantee, enforced }) => needed.includes(guarantee) && !enforced)
    .map(({ guarantee }) => guarantee);
}

/** Whether a script may have Node itself because its caller asks for level `process`. */
export function holdsNode(report: SandboxReport): boolean {
  return unenforced(report, HOLDING_NODE).length === 0;
}

/** One line for a service of level `context`: what its callers get that ask for level `process`. */
export function processLevelLine(report: SandboxReport): string | undefined {
  if (holdsNode(report)) return undefined;
  const needs = unenforced(report, HOLDING_NODE).join(', ');
  return `a call that asks for level process gets a process of its own with a context in it, not Node itself, without: ${needs}`;
}

/** One line for the layers that this machine does without. */
export function missingLayersLine({ layers }: SandboxReport): string | undefined {
  const missing = layers
    .filter(({ applied }) => !applied)
    .map(({ layer, reason = 'unknown' }) => `${layer} (${reason})`);
  return missing.length === 0 ? undefined : `layers not applied: ${missing.join('; ')}`;
}

/** The table of `javascriptd doctor`, also shown when a required guarantee is missing. */
export function reportTable({ guarantees, layers, tookMs }: SandboxReport): string {
  const rows = guarantees.map(({ guarantee, enforced, keptByNode, layers: keeping, breaches }) => [
    guarantee,
    enforced ? 'yes' : keptByNode ? 'by Node only' : 'NO',
    keeping.join(', ') || (enforced ? 'several together' : '-'),
    enforced ? GUARANTEE_TEXTS[guarantee].meaning : `a script that breaks out ${breaches.join(', ')}`,
  ]);
  const missing = guarantees.filter(({ enforced }) => !enforced);
  return [
    'What a script is kept from that has broken out of its context, tried on this machine:',
    '',
    ...aligned([['GUARANTEE', 'ENFORCED', 'BY EACH OF', 'MEANING'], ...rows]),
    ...(missing.length === 0 ? [] : ['', 'How to get what is missing:']),
    ...missing.map(({ guarantee }) => `  ${guarantee}: ${GUARANTEE_TEXTS[guarantee].remedy}`),
    '',
    ...aligned([
      ['LAYER', 'APPLIED', 'WHY NOT'],
      ...layers.map(({ layer, applied, reason = '' }) => [layer, applied ? 'yes' : 'no', reason]),
    ]),
    '',
    `Tried in ${tookMs} ms. Node's permission model (layer node) is no boundary against machine code, so what only`,
    'it keeps is not called enforced.',
  ].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}
