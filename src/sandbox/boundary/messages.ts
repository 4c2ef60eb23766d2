import type { OutputLimits } from './output-limits.js';

export type { HostFault, Settled } from './realm-host.js';

/** What the gateway says to a runner; the number is the frame's kind. */
export const TO_RUNNER = {
  /** Once, first: {@link Preparation} as JSON. */
  prepare: 1,
  /** Head as JSON, a line feed, then the globals as JSON: so globals are never parsed on the way. */
  execute: 2,
  /** What a function of the host's came to: {@link Settled} as JSON. */
  settled: 3,
  /** {@link KeepMessage} as JSON: a prepared script, which later executions name. */
  keep: 4,
  /** {@link CompileMessage} as JSON: the runner compiles the script, keeps it, and answers like an execution, with null. */
  compile: 5,
  /** Of a request that the script made: see `egress/egress-frame.ts`. */
  egress: 6,
  /** Nobody waits: what the next script may need can be made ready. */
  warm: 7,
} as const;

/** What a runner says to the gateway. The gateway takes every byte of it for hostile. */
export const FROM_RUNNER = {
  /** Prepared, and a context is made: the first execution may come. */
  ready: 1,
  /** The last execution is over. The runner sends this before it creates its next context. */
  idle: 2,
  /** The script has yielded without an answer and uses no processor. Sent at most once per execution. */
  waiting: 3,
  /** One line of the script's console: a digit for its level, then its text. */
  console: 4,
  /** The final answers: a value as JSON, {@link Thrown} as JSON, names of functions as JSON, the limit's name. */
  returned: 5,
  threw: 6,
  missing: 7,
  exhausted: 8,
  /** The console is cut here. */
  consoleCut: 9,
  /** A value that the script's async generator yielded, as JSON. */
  yielded: 10,
  /** The script calls a function of the host's: a ticket and a name, each with a line feed after it, then arguments as JSON. */
  called: 11,
  /** Of a request of the script's: see `egress/egress-frame.ts`. */
  egress: 12,
  /** The call has ended and gave no answer: an `Unanswered`, see `call-facts.ts`. Sent at most once per execution. */
  unanswered: 13,
} as const;

/** An npm package that the operator installed. */
export interface InstalledPackage {
  /** What scripts write in `require`: the folder's name, with the scope. */
  readonly name: string;
  readonly version: string;
  /** Absolute path with every symbolic link followed. */
  readonly dir: string;
}

export interface Preparation {
  readonly packages: readonly InstalledPackage[];
  readonly limits: OutputLimits;
  /** The folder of the code packs: see `runner/modules/code-pack.ts`. */
  readonly codeCache?: string | undefined;
}

/** Most contexts that a runner keeps for prepared scripts; the one unused for longest goes. */
export const MOST_CONTEXTS = 8;

/** What the code of a script is; without it, a script, or a module where its syntax says so. */
export type Language = 'module' | 'typescript';

/** Most characters of each text field of a {@link Thrown}: the runner keeps it, and the gateway does not trust that. */
export const MAX_THROWN_CHARACTERS = 65_536;

/** What a script threw, described as text and numbers only. */
export interface Thrown {
  /** The error's name, or the text of a thrown primitive. */
  readonly name: string;
  readonly message: string;
  /** The script's own frames; absent when what was thrown has no stack. */
  readonly stack?: string;
  /** Where in the author's text, both from 1. */
  readonly line?: number;
  readonly column?: number;
  /** Of a syntax error: the line of the text, and below it a caret in its column. */
  readonly excerpt?: string;
}

/** The texts of a script, as a runner has them. */
export interface ScriptTexts {
  readonly language?: Language | undefined;
  readonly code: string;
  readonly caller: string | undefined;
}

export interface KeepMessage extends ScriptTexts {
  /** The gateway's name for these texts. */
  readonly script: string;
  /** Names of scripts that will not be asked for any more. */
  readonly forget: readonly string[];
}

/** A script to be compiled; one with a name is kept under it. */
export interface CompileMessage extends ScriptTexts, Partial<Pick<KeepMessage, 'script' | 'forget'>> {}

/** An execution as the runner sees it: no tenant, no deadline (the gateway keeps both). */
export interface ExecuteMessage extends ScriptTexts {
  readonly call: string | undefined;
  readonly modules: readonly string[];
  /** Name of a script that is kept; the frame has no texts then. */
  readonly script?: string | undefined;
  /** Runs in the context that is kept for the script. */
  readonly reuse?: boolean | undefined;
  /** Where they are not those of the {@link Preparation}. */
  readonly limits?: OutputLimits | undefined;
  /** Names of functions of the host's. */
  readonly functions?: readonly string[] | undefined;
  /** Whether somebody hears what an async generator yields. */
  readonly yields?: boolean | undefined;
  /** Whether the script may make requests; where they lead, the gateway knows. */
  readonly egress?: boolean | undefined;
  /** Where it is not that of the settings. */
  readonly timeZone?: string | undefined;
  /** JSON text of an object. */
  readonly globals: string;
}

/** The head of an execute frame: everything but the globals. */
export type ExecuteHead = Omit<ExecuteMessage, 'globals'>;

/** @param textsOf gives the texts of a script that is kept */
export function parseExecute(text: string, textsOf: (script: string) => ScriptTexts): ExecuteMessage {
  const cut = text.indexOf('\n');
  const head = JSON.parse(text.slice(0, cut)) as ExecuteHead;
  const texts = head.script === undefined ? undefined : textsOf(head.script);
  return { ...head, ...texts, globals: text.slice(cut + 1) };
}
