import { findTools, type Tools } from './tools.js';
import { UserIds } from './user-ids.js';
import { examineNode, type NodeBinary } from './node-binary.js';

/** What a machine offers to build the hardening layers. */
export interface HostCapabilities {
  readonly node: NodeBinary;
  readonly tools: Tools;
  /** Whether processes can be started as another user. */
  readonly isRoot: boolean;
  /** User ids for runner processes, where processes can be started as another user. */
  readonly userIds: UserIds;
}

export interface HostOptions {
  readonly nodePath: string;
  readonly toolDirs: readonly string[];
  readonly firstUid: number;
}

/** @throws RunnerStartError when the node binary does not run */
export async function examineHost({ nodePath, toolDirs, firstUid }: HostOptions): Promise<HostCapabilities> {
  return {
    node: await examineNode(nodePath),
    tools: findTools(toolDirs),
    isRoot: process.getuid?.() === 0,
    userIds: new UserIds(firstUid),
  };
}
