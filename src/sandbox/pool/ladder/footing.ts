import { findTools, type Tools } from './tools.js';
import { examineNode, type NodeBinary } from './node-binary.js';

/** What a machine has to build layers of. */
export interface Footing {
  readonly node: NodeBinary;
  readonly tools: Tools;
  /** Whether processes can be started as another user. */
  readonly isRoot: boolean;
  /** The first of the user ids that runner processes get, one each. */
  readonly firstUid: number;
}

export interface FootingOptions {
  readonly nodePath: string;
  readonly toolDirs: readonly string[];
  readonly firstUid: number;
}

/** @throws RunnerStartError when the node binary does not run */
export async function examineFooting({ nodePath, toolDirs, firstUid }: FootingOptions): Promise<Footing> {
  return {
    node: await examineNode(nodePath),
    tools: findTools(toolDirs),
    isRoot: process.getuid?.() === 0,
    firstUid,
  };
}
