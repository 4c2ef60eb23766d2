/** The import rules of ARCHITECTURE.md, over the real graph; and for each a small graph that breaks it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withRooms } from '../build/rooms-table.mjs';
import { graphOf, readGraph } from './support/source-graph.js';
import {
  clientIsAlone,
  environmentIsRead,
  exportsHaveNames,
  featuresHaveDoors,
  featuresKnowNoRoot,
  filesAreShort,
  httpIsADoor,
  importsAreThere,
  importsHaveNoCycle,
  nestHasASuffix,
  realmIsPure,
  roomsKeepTheirRows,
  runnerIsAlone,
  trustLevelsAreApart,
  type Rule,
} from './support/source-rules.js';

const LONG_FILES: Readonly<Record<string, string>> = {
  // One loop over constants of its own file: imported ones make it 1.7 times slower.
  'json-text/json-scanner.ts': 'one loop',
};

interface Case {
  readonly name: string;
  readonly rule: Rule;
  /** The same rule as `src` keeps it, where it has exceptions of its own. */
  readonly ours?: Rule;
  /** A small tree that breaks the rule, */
  readonly bad: Readonly<Record<string, string>>;
  /** in these places and no others. */
  readonly violations: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'each import leads to a file',
    rule: importsAreThere,
    bad: {
      'a/x.ts': "import './y.js'; import type { Z } from './z.js'; import 'node:fs'; import 'pkg/z.js';",
      'a/y.ts': '',
    },
    violations: ['a/x.ts imports ./z.js'],
  },
  {
    name: 'R0: each room imports what its row in build/rooms.mjs names',
    rule: roomsKeepTheirRows,
    bad: {
      'main.ts': "import './runtime/index.js'; import './cli/commands/serve.js';",
      'cli/commands/serve.ts': "import '../../runtime/index.js';",
      'cli/index.ts': "import '../runtime/index.js';",
      'runtime/index.ts': "import '../sandbox/index.js'; import '../http/errors.js';",
      'http/errors.ts': '',
      'sandbox/index.ts': "import './pool/launch.js'; import './runner/main.js';",
      'sandbox/pool/launch.ts': "import './hardening/layer.js'; import '../guarantees/probe.js';",
      'sandbox/pool/hardening/layer.ts': "import '../../boundary/messages.js';",
      'sandbox/guarantees/probe.ts': '',
      'sandbox/boundary/messages.ts': "import type { X } from '../execution.js';",
      'sandbox/execution.ts': '',
      'sandbox/runner/main.ts': "import '../realm/boot.js';",
      'sandbox/runner/syntax/index.ts': "import '../loop/serve.js';",
      'sandbox/runner/loop/serve.ts': '',
      'sandbox/realm/boot.ts': "import '../runner/main.js'; import '../boundary/messages.js';",
      'client/index.ts': "import type { X } from '../sandbox/execution.js';",
    },
    violations: [
      'cli/index.ts imports ../runtime/index.js',
      'runtime/index.ts imports ../http/errors.js',
      'sandbox/index.ts imports ./runner/main.js',
      'sandbox/pool/launch.ts imports ../guarantees/probe.js',
      'sandbox/pool/hardening/layer.ts imports ../../boundary/messages.js',
      'sandbox/boundary/messages.ts imports ../execution.js',
      'sandbox/runner/main.ts imports ../realm/boot.js',
      'sandbox/runner/syntax/index.ts imports ../loop/serve.js',
      'sandbox/realm/boot.ts imports ../runner/main.js',
      'client/index.ts imports ../sandbox/execution.js',
    ],
  },
  {
    name: 'R1: features never import root files',
    rule: featuresKnowNoRoot,
    bad: {
      'main.ts': "import './cli/commands/serve.js'; import './auth/index.js';",
      'serve.ts': '',
      'cli/commands/serve.ts': "import '../../app.module.js'; import './exec.js';",
      'cli/commands/exec.ts': '',
      'cli/help.ts': "import './commands/serve.js';",
      'app.module.ts': '',
      'index.ts': "export * from './auth/index.js';",
      'auth/index.ts': "export * from './authenticator.js';",
      'auth/authenticator.ts': "import type { Service } from '../serve.js';",
      'sandbox/pool/launch.ts': "import '../errors.js'; const { serve } = await import('../../main.js');",
      'sandbox/errors.ts': "export { x } from '../index.js';",
      'runtime/result.ts': "type A = import('../app.module.js').AppModule;",
    },
    violations: [
      'cli/help.ts imports ./commands/serve.js',
      'auth/authenticator.ts imports ../serve.js',
      'sandbox/pool/launch.ts imports ../../main.js',
      'sandbox/errors.ts imports ../index.js',
      'runtime/result.ts imports ../app.module.js',
    ],
  },
  {
    name: 'R2: protocol, auth and sandbox never import each other or runtime',
    rule: trustLevelsAreApart,
    bad: {
      'protocol/peer.ts': "import type { Authenticator } from '../auth/index.js'; import './errors.js';",
      'protocol/errors.ts': "import '../observability/index.js';",
      'auth/authenticator.ts': "import '../runtime/errors.js';",
      'auth/index.ts': '',
      'sandbox/pool/launch.ts':
        "import '../errors.js'; export { DuplexError } from '../../protocol/errors.js';",
      'sandbox/errors.ts': '',
      'runtime/errors.ts': "import '../protocol/errors.js'; import '../sandbox/errors.js';",
      'observability/index.ts': '',
    },
    violations: [
      'protocol/peer.ts imports ../auth/index.js',
      'auth/authenticator.ts imports ../runtime/errors.js',
      'sandbox/pool/launch.ts imports ../../protocol/errors.js',
    ],
  },
  {
    name: 'R2: http imports protocol errors, auth and the use case, and no feature imports http',
    rule: httpIsADoor,
    bad: {
      'serve.ts': "import './http/index.js';",
      'http/index.ts': "export * from './hooks.js';",
      'http/hooks.ts':
        "import '../auth/index.js'; import '../runtime/errors.js'; import '../protocol/errors.js'; import '../sandbox/index.js';",
      'runtime/runtime.ts': "import '../http/index.js';",
      'observability/log.ts': "import type { RequestContext } from '../http/index.js';",
      'auth/index.ts': '',
      'protocol/errors.ts': '',
      'runtime/errors.ts': '',
      'sandbox/index.ts': '',
    },
    violations: [
      'http/hooks.ts imports ../sandbox/index.js',
      'runtime/runtime.ts imports ../http/index.js',
      'observability/log.ts imports ../http/index.js',
    ],
  },
  {
    name: 'R3: across features, only a door or errors are imported',
    rule: featuresHaveDoors,
    bad: {
      'main.ts': "import './cli/help.js'; import './cli/index.js'; import './cli/commands/serve.js';",
      'cli/commands/serve.ts': '',
      'cli/index.ts': '',
      'cli/help.ts': "import '../config/index.js'; import type { S } from '../config/settings.js';",
      'config/index.ts': '',
      'config/settings.ts': "import './index.js';",
      'runtime/errors.ts': "import '../protocol/errors.js'; import '../sandbox/pool/errors.js';",
      'runtime/runtime.module.ts': "import '../sandbox/pool/index.js';",
      'protocol/errors.ts': '',
      'sandbox/pool/errors.ts': '',
      'sandbox/pool/index.ts': '',
    },
    violations: [
      'main.ts imports ./cli/help.js',
      'cli/help.ts imports ../config/settings.js',
      'runtime/errors.ts imports ../sandbox/pool/errors.js',
      'runtime/runtime.module.ts imports ../sandbox/pool/index.js',
    ],
  },
  {
    name: 'R4: Nest is only where the name says so',
    rule: nestHasASuffix,
    bad: {
      'main.ts': "import '@nestjs/core';",
      'compose.ts': "import '@nestjs/core';",
      'cli/commands/serve.ts': "import '@nestjs/core';",
      'index.ts': "export { Module } from '@nestjs/common';",
      'auth/secret.guard.ts': "import '@nestjs/common'; import 'rxjs';",
      'auth/secret.ts': "import type { CanActivate } from '@nestjs/common';",
      'protocol/answer.ts': "import { map } from 'rxjs/operators'; import 'rxjsx';",
      'protocol/channel.ts': "import 'reflect-metadata'; import 'node:fs';",
      'protocol/protocol.options.ts': "import { Observable } from 'rxjs';",
    },
    violations: [
      'index.ts imports @nestjs/common',
      'auth/secret.ts imports @nestjs/common',
      'protocol/answer.ts imports rxjs/operators',
      'protocol/channel.ts imports reflect-metadata',
      'protocol/protocol.options.ts imports rxjs',
    ],
  },
  {
    name: 'R5: the runner imports Node, the boundary and itself, and nobody imports the runner',
    rule: runnerIsAlone,
    bad: {
      'sandbox/pool/launch.ts': "import '../runner/main.js'; import '../boundary/frames.js';",
      'sandbox/packages/folders.ts': "import type { T } from '../runner/modules/tree.js';",
      'sandbox/execution.ts': '',
      'sandbox/boundary/frames.ts': '',
      'sandbox/realm/boot.ts': "import type { M } from '../runner/main.js';",
      'sandbox/runner/main.ts': "import 'node:fs'; import '../boundary/frames.js'; import 'ws';",
      'sandbox/runner/script/thrown.ts': "import type { E } from '../../execution.js';",
      'sandbox/runner/script/context.ts': "import type { R } from '../../realm/boot.js';",
      'sandbox/runner/modules/tree.ts': "import 'fs'; import '../../boundary/frames.js';",
    },
    violations: [
      'sandbox/pool/launch.ts imports ../runner/main.js',
      'sandbox/packages/folders.ts imports ../runner/modules/tree.js',
      'sandbox/realm/boot.ts imports ../runner/main.js',
      'sandbox/runner/main.ts imports ws',
      'sandbox/runner/script/thrown.ts imports ../../execution.js',
      'sandbox/runner/script/context.ts imports ../../realm/boot.js',
      'sandbox/runner/modules/tree.ts imports fs',
    ],
  },
  {
    name: 'R5: realm and boundary load nothing of Node, the realm the boundary and itself, the boundary itself',
    rule: realmIsPure,
    bad: {
      'sandbox/execution.ts': '',
      'sandbox/runner/pipe.ts': "import 'node:net';",
      'sandbox/boundary/lists.ts': "import './frames.js'; import 'pkg';",
      'sandbox/boundary/frames.ts': "import 'node:buffer'; import '../execution.js';",
      'sandbox/realm/boot.ts':
        "import './host.js'; import 'events/events.js'; import '../boundary/marks.js';",
      'sandbox/boundary/marks.ts': '',
      'sandbox/realm/host.ts': "import type { Pipe } from '../runner/pipe.js'; import 'node:vm';",
      'sandbox/realm/timers.ts': "import '../runner/pipe.js';",
      'sandbox/realm/console.ts': "import { E } from '../execution.js';",
    },
    violations: [
      'sandbox/boundary/lists.ts imports pkg',
      'sandbox/boundary/lists.ts loads sandbox/boundary/frames.ts, which imports node:buffer',
      'sandbox/boundary/lists.ts loads sandbox/boundary/frames.ts, which imports ../execution.js',
      'sandbox/boundary/frames.ts imports node:buffer',
      'sandbox/boundary/frames.ts imports ../execution.js',
      'sandbox/realm/boot.ts loads sandbox/realm/host.ts, which imports node:vm',
      'sandbox/realm/host.ts imports node:vm',
      'sandbox/realm/timers.ts imports ../runner/pipe.js',
      'sandbox/realm/timers.ts loads sandbox/runner/pipe.ts, which imports node:net',
      'sandbox/realm/console.ts imports ../execution.js',
    ],
  },
  {
    name: 'R7: the client loads nothing of ours but itself, and in browsers nothing of Node',
    rule: clientIsAlone,
    bad: {
      'protocol/errors.ts': '',
      'compose.ts': "import { connect } from './client/index.js'; import 'node:fs';",
      'client/index.ts': "import './node-socket.js'; import './client.js'; export * from './errors.js';",
      'client/browser.ts': "import './web-socket.js'; import './client.js';",
      'client/node-socket.ts': "import 'ws'; import './errors.js'; import 'node:stream';",
      'client/web-socket.ts': "import type { ByteStream } from './node-socket.js';",
      'client/client.ts': "import { DuplexError } from '../protocol/errors.js'; import 'ws';",
      'client/errors.ts': "import type { Duplex } from 'node:stream';",
    },
    violations: [
      'client/node-socket.ts imports node:stream',
      'client/web-socket.ts imports ./node-socket.js',
      'client/client.ts imports ../protocol/errors.js',
      'client/client.ts imports ws',
      'client/errors.ts imports node:stream',
    ],
  },
  {
    name: 'R6: only config reads the environment, and nobody NODE_ENV',
    rule: environmentIsRead,
    bad: {
      'config/environment.ts': 'export const { PORT } = process.env;',
      'auth/secret.ts': 'const secret = process.env.SECRET; const { env: own } = process;',
      'cli/a.ts': "const all = process['env'];",
      'cli/b.ts': 'const { argv, env } = process;',
      'cli/c.ts': "import { env } from 'node:process';",
      'cli/d.ts': 'const all = { ...globalThis.process.env };',
      'cli/e.ts':
        '// Not from process.env.\nconst text = "process.env"; const { argv } = process; child.env;',
      'config/f.ts': "export const isTest = 'NODE_ENV';",
    },
    violations: [
      'auth/secret.ts reads process.env',
      'cli/a.ts reads process.env',
      'cli/b.ts reads process.env',
      'cli/c.ts reads process.env',
      'cli/d.ts reads process.env',
      'config/f.ts mentions NODE_ENV',
    ],
  },
  {
    name: 'R6: imports have no cycle',
    rule: importsHaveNoCycle,
    bad: {
      'a/x.ts': "import './y.js'; import './w.js';",
      'a/y.ts': "export { z } from './z.js'; import './w.js';",
      'a/z.ts': "import type { X } from './x.js';",
      'a/w.ts': '',
      'a/own.ts': "import './own.js';",
    },
    violations: ['a/x.ts -> a/y.ts -> a/z.ts -> a/x.ts', 'a/own.ts -> a/own.ts'],
  },
  {
    name: 'R6: no default exports, enums or namespaces',
    rule: exportsHaveNames,
    bad: {
      'a/a.ts': 'export default 5;',
      'a/b.ts': 'export default class B {}',
      'a/c.ts': 'const c = 1; export { c as default };',
      'a/d.ts': 'export enum D { X }',
      'a/e.ts': 'export namespace E { export const x = 1; }',
      'a/f.ts': 'export class F {} export const f = 1; export function g() {} switch (f) { default: }',
      'sandbox/realm/boot.ts': 'export default function boot() {} enum G {}',
    },
    violations: [
      'a/a.ts has a default export',
      'a/b.ts has a default export',
      'a/c.ts has a default export',
      'a/d.ts has an enum',
      'a/e.ts has a namespace',
      'sandbox/realm/boot.ts has an enum',
    ],
  },
  {
    name: 'R6: no file has more than 300 lines',
    rule: filesAreShort({ 'a/listed.ts': 'a reason', 'a/shrunk.ts': 'a reason of old' }),
    ours: filesAreShort(LONG_FILES),
    bad: {
      'a/short.ts': '\n'.repeat(300),
      'a/long.ts': '\n'.repeat(301),
      'a/listed.ts': '\n'.repeat(301),
      'a/shrunk.ts': '\n'.repeat(300),
    },
    violations: ['a/long.ts has 301 lines', 'a/shrunk.ts needs no exception any more'],
  },
];

describe('the rules', () => {
  it.each(CASES)('see where a tree breaks this: $name', ({ rule, bad, violations }) => {
    expect(rule(graphOf(bad))).toEqual(violations);
  });
});

describe('ARCHITECTURE.md', () => {
  it('shows the rooms as they are (node build/rooms-table.mjs writes the table)', () => {
    const text = readFileSync(new URL('../ARCHITECTURE.md', import.meta.url), 'utf8');
    expect(text).toBe(withRooms(text));
  });
});

describe('src', () => {
  const graph = readGraph(fileURLToPath(new URL('../src', import.meta.url)));

  it('is read whole', () => {
    expect([...graph.keys()]).toEqual(
      expect.arrayContaining(['main.ts', 'protocol/peer.ts', 'sandbox/realm/boot.ts']),
    );
  });

  it.each(CASES)('keeps this: $name', ({ rule, ours = rule }) => {
    expect(ours(graph)).toEqual([]);
  });
});
