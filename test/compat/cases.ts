import { readFileSync } from 'node:fs';

export const LEVELS = ['context', 'process'] as const;
export type Level = (typeof LEVELS)[number];

/** What an error answer says of where and what. */
export interface Failure {
  readonly name?: string;
  readonly message?: string;
  readonly line?: number;
  readonly column?: number;
}

/** What Node 20 answers, and what a line of the console says. Absent members are not compared. */
export interface Expected {
  readonly value?: unknown;
  /** All console lines, each with its line feed. */
  readonly console?: string;
  readonly error?: Failure & {
    /** Texts that the error message must not contain. */
    readonly messageWithout?: readonly string[];
  };
}

/** A line of `compat.jsonl`, whose README is in the issue that the cases came with. */
export interface Case {
  readonly name: string;
  /** Cases of one class share a cause. */
  readonly class: string;
  readonly payload: { readonly code: string; readonly call: string; readonly language?: 'typescript' };
  readonly expect: Expected;
  readonly needs?: {
    /** From the registry, or from `packages/`. */
    readonly packages?: readonly string[];
    /** Address of a server whose `/slow` never answers. */
    readonly server?: string;
    /** Environment of the service. */
    readonly environment?: Readonly<Record<string, string>>;
  };
}

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

export const CASES: readonly Case[] = read('compat.jsonl')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

/** A case that still fails at a level, from a major version of Node on. */
interface OpenCase {
  readonly name: string;
  readonly node: number;
}

const open = JSON.parse(read('open.json')) as Readonly<Record<Level, readonly OpenCase[]>>;
const version = Number.parseInt(process.versions.node, 10);

export const isOpen = (level: Level, name: string): boolean =>
  open[level].some((one) => one.name === name && version >= one.node);
