import { findTools, type Tools } from './tools.js';
import { UserIds } from './user-ids.js';
import { examineNode, type NodeBinary } from './node-binary.js';

/** What a machine has to build layers of. */
export interface Footing {
  readonly node: NodeBinary;
  readonly tools: Tools;
  /** Whether processes can be started as another user. */
  readonly isRoot: boolean;
  /** Those that runner processes get, where processes can be started as another user. */
  readonly userIds: UserIds;
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
    userIds: new UserIds(firstUid),
  };
}
