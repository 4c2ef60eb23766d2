import { delimiter } from 'node:path';
import { networkLine } from '../index.js';
import type { Settings } from '../../config/index.js';
import { examineSandbox, reportTable } from '../../sandbox/index.js';

/** What `javascriptd doctor` prints. */
export interface Diagnosis {
  readonly text: string;
  /** Whether everything that `SANDBOX_REQUIRE` names is enforced. */
  readonly isSound: boolean;
}

/**
 * Tries what scripts are kept from on this machine, as a start of the service would.
 * @param asJson for programs: the report as it is, and not as a table
 */
export async function diagnose(
  settings: Settings,
  moduleDirs: readonly string[],
  asJson: boolean,
): Promise<Diagnosis> {
  const report = await examineSandbox({
    nodePath: settings.SANDBOX_NODE,
    toolDirs: settings.SANDBOX_TOOLS.split(delimiter),
    firstUid: settings.SANDBOX_UID,
    moduleDirs,
    maxMemoryBytes: settings.SANDBOX_MEMORY * 2 ** 20,
  });
  const required: readonly string[] = settings.SANDBOX_REQUIRE ?? [];
  return {
    text: asJson
      ? JSON.stringify({ ...report, egress: settings.EGRESS ?? [] }, undefined, 2)
      : `${reportTable(report)}\n\nNetwork: ${networkLine(settings)}.`,
    isSound: report.guarantees.every(({ guarantee, enforced }) => enforced || !required.includes(guarantee)),
  };
}
